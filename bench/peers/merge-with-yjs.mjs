// Reads a line for each text: updates in hexadecimal, in the order in which they arrive; an empty one for a text nobody wrote. Writes a
// line for each: the text as JSON.
import { createInterface } from 'node:readline'
import * as Y from 'yjs'

const out = []
for await (const line of createInterface({ input: process.stdin })) {
    const doc = new Y.Doc()
    for (const update of line.split(' ').filter(Boolean)) {
        Y.applyUpdate(doc, Buffer.from(update, 'hex'))
    }
    out.push(JSON.stringify(doc.getText('text').toString()))
}
process.stdout.write(out.join('\n') + '\n')
