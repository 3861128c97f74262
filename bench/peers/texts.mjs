// Does with one library what bench/run texts does with heph: node texts.mjs yjs|loro|automerge FILE…
// A file is {patches: [[position, deleted, inserted], …], end}, in UTF-16 units. Prints a line of JSON for each, times in nanoseconds.
import { readFileSync } from 'node:fs'
import * as Y from 'yjs'
import { LoroDoc } from 'loro-crdt'
import * as A from '@automerge/automerge'

const ROUNDS = 3
const CYCLES = 30
const KEYSTROKES = 100

/** Each library: a document, its text, how it is changed, saved and loaded, and the bytes of one change. */
const libraries = {
    yjs: {
        empty: () => new Y.Doc(),
        text: doc => doc.getText('text').toString(),
        replay: (doc, patches) => {
            const text = doc.getText('text')
            for (const [position, deleted, inserted] of patches) {
                doc.transact(() => {
                    if (deleted > 0) text.delete(position, deleted)
                    if (inserted !== '') text.insert(position, inserted)
                })
            }
            return doc
        },
        save: doc => Y.encodeStateAsUpdate(doc),
        load: bytes => {
            const doc = new Y.Doc()
            Y.applyUpdate(doc, bytes)
            return doc
        },
        keystroke: (doc, position) => {
            let size
            doc.once('update', update => { size = update.length })
            doc.getText('text').insert(position, 'y')
            return [doc, size]
        },
    },
    loro: {
        empty: () => new LoroDoc(),
        text: doc => doc.getText('text').toString(),
        replay: (doc, patches) => {
            const text = doc.getText('text')
            for (const [position, deleted, inserted] of patches) {
                if (deleted > 0) text.delete(position, deleted)
                if (inserted !== '') text.insert(position, inserted)
            }
            doc.commit()
            return doc
        },
        save: doc => doc.export({ mode: 'snapshot' }),
        load: bytes => {
            const doc = new LoroDoc()
            doc.import(bytes)
            return doc
        },
        keystroke: (doc, position) => {
            const from = doc.oplogVersion()
            doc.getText('text').insert(position, 'y')
            doc.commit()
            return [doc, doc.export({ mode: 'update', from }).length]
        },
    },
    automerge: {
        empty: () => A.from({ text: '' }),
        text: doc => doc.text,
        replay: (doc, patches) => A.change(doc, draft => {
            for (const patch of patches) {
                A.splice(draft, ['text'], ...patch)
            }
        }),
        save: doc => A.save(doc),
        load: bytes => A.load(bytes),
        keystroke: (doc, position) => {
            const after = A.change(doc, draft => A.splice(draft, ['text'], position, 0, 'y'))
            return [after, A.getLastLocalChange(after).length]
        },
    },
}

const median = values => values.sort((a, b) => a - b)[values.length >> 1]

function timed(times, work) {
    const begin = process.hrtime.bigint()
    const result = work()
    times.push(Number(process.hrtime.bigint() - begin))
    return result
}

// Where the first line begins behind this share of the text: never within a character. From the end to the front it stays right.
const lineAt = (text, share) => text.indexOf('\n', Math.floor(text.length * share)) + 1

const [name, ...files] = process.argv.slice(2)
const library = libraries[name]
for (const file of files) {
    const { patches, end } = JSON.parse(readFileSync(file, 'utf8'))
    const replays = [], saves = [], loads = [], cycles = [], keystrokes = []
    let doc, saved
    for (let round = 0; round < ROUNDS; round++) {
        doc = library.empty()
        doc = timed(replays, () => library.replay(doc, patches))
        saved = timed(saves, () => library.save(doc))
        timed(loads, () => library.text(library.load(saved)))
    }
    const equal = library.text(library.load(saved)) === end
    const size = saved.length
    for (let cycle = 0; cycle < CYCLES; cycle++) {
        const position = lineAt(end, 1 - (cycle + 1) / CYCLES)
        saved = timed(cycles, () => library.save(library.replay(library.load(saved), [[position, 0, 'z']])))
    }
    for (let key = 0; key < KEYSTROKES; key++) {
        let bytes
        [doc, bytes] = library.keystroke(doc, lineAt(end, 1 - (key + 1) / KEYSTROKES))
        keystrokes.push(bytes)
    }
    console.log(JSON.stringify({ equal, size, replay: median(replays), save: median(saves), load: median(loads), cycle: median(cycles),
        keystroke: median(keystrokes) }))
}
process.exit(0)
