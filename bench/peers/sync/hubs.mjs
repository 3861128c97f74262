// What bench/run sync does with heph's hub, done with other servers, driven as their own clients drive them: node hubs.mjs actual|pouchdb OPS
// Prints a line of JSON: {peer, does, push_ms, single_ms, bytes, fresh_ms}.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const require = createRequire(import.meta.url)
const [peer, count] = process.argv.slice(2)
const OPS = Number(count ?? 100_000)
const A_REQUEST = 1_000
const SINGLES = 200
const TASKS = 5_000

const median = numbers => numbers.sort((a, b) => a - b)[numbers.length >> 1]
const timed = async work => {
    const begun = process.hrtime.bigint()
    const result = await work()
    return [Number(process.hrtime.bigint() - begun) / 1e6, result]
}
// Below those that the system gives to connections by itself.
const freePort = () => new Promise(resolve => {
    const port = 15_000 + Math.floor(Math.random() * 17_000)
    const server = createServer().listen(port, '127.0.0.1', () => server.close(() => resolve(port)))
    server.on('error', () => resolve(freePort()))
})

async function started(command, args, directory, env, url) {
    const server = spawn(command, args, { cwd: directory, env: { ...process.env, ...env }, stdio: 'ignore' })
    for (let tries = 0; ; tries++) {
        try {
            await fetch(url)
            return server
        } catch (notYet) {
            if (tries > 300) throw notYet
            await new Promise(resolve => setTimeout(resolve, 100))
        }
    }
}

/** A message says that a cell of a row has a value; the server keeps it as bytes and does not look into it: clients merge. */
async function actual(directory, port) {
    const { SyncProtoBuf: pb, Timestamp } = require('@actual-app/crdt')
    const url = `http://127.0.0.1:${port}`
    const main = require.resolve('@actual-app/sync-server/build/app.js')
    const server = await started('node', [main], directory, {
        ACTUAL_DATA_DIR: directory, ACTUAL_PORT: port, ACTUAL_HOSTNAME: '127.0.0.1'
    }, `${url}/account/needs-bootstrap`)
    const json = { 'Content-Type': 'application/json' }
    const { data: { token } } = await (await fetch(`${url}/account/bootstrap`, {
        method: 'POST', headers: json, body: JSON.stringify({ password: 'bench' })
    })).json()
    const { groupId } = await (await fetch(`${url}/sync/upload-user-file`, {
        method: 'POST', body: new Uint8Array(10),
        headers: { 'Content-Type': 'application/encrypted-file', 'X-ACTUAL-TOKEN': token, 'X-ACTUAL-FILE-ID': 'bench', 'X-ACTUAL-NAME': 'bench', 'X-ACTUAL-FORMAT': '2' }
    })).json()
    let clock = 1_795_000_000_000
    const request = (ops, since) => {
        const sync = new pb.SyncRequest()
        sync.setFileid('bench')
        sync.setGroupid(groupId)
        sync.setSince(since)
        for (let op = 0; op < ops; op++) {
            const message = new pb.Message()
            message.setDataset('tasks')
            message.setRow(`01995f30-0000-7000-8000-${String((clock * 7919) % TASKS).padStart(12, '0')}`)
            message.setColumn('title')
            message.setValue(`S:Task renamed to ${clock % 100_000}`)
            const envelope = new pb.MessageEnvelope()
            envelope.setTimestamp(new Timestamp(clock++, 0, '0123456789abcdef').toString())
            envelope.setIsencrypted(false)
            envelope.setContent(message.serializeBinary())
            sync.addMessages(envelope)
        }
        return sync.serializeBinary()
    }
    const sync = async bytes => {
        const answer = await fetch(`${url}/sync/sync`, {
            method: 'POST', body: bytes, headers: { 'Content-Type': 'application/actual-sync', 'X-ACTUAL-TOKEN': token }
        })
        if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
        return pb.SyncResponse.deserializeBinary(new Uint8Array(await answer.arrayBuffer()))
    }
    const now = () => new Timestamp(clock, 0, '0123456789abcdef').toString()
    const sample = request(A_REQUEST, now())
    return {
        server,
        does: 'keeps each message as bytes, and a tree of hashes for every request; clients merge',
        bytes: [sample.length / A_REQUEST, gzipSync(sample).length / A_REQUEST],
        push: async ops => sync(request(ops, now())),
        // A new client gets the messages, and applies them to a database of its own: that part is not counted here.
        fresh: async () => {
            const answer = await sync(request(0, new Timestamp(0, 0, '0000000000000000').toString()))
            return answer.getMessagesList().map(envelope => pb.Message.deserializeBinary(envelope.getContent())).length
        }
    }
}

/** A change is a revision of a document; the server keeps the tree of revisions, and the last one's body. */
async function pouchdb(directory, port) {
    const PouchDB = require('pouchdb')
    const url = `http://127.0.0.1:${port}`
    const main = join(dirname(require.resolve('pouchdb-server/package.json')), 'bin', 'pouchdb-server')
    const server = await started('node', [main, '--port', port, '--host', '127.0.0.1', '--dir', directory, '--no-stdout-logs'], directory, {}, url)
    const remote = new PouchDB(`${url}/bench`)
    const local = new PouchDB(join(directory, 'device'))
    let op = 0
    const revisions = new Map()
    const docs = ops => Array.from({ length: ops }, () => {
        const id = `task-${(op++ * 7919) % TASKS}`
        return { _id: id, _rev: revisions.get(id), kind: 'task', title: `Task renamed to ${op % 100_000}` }
    })
    const sample = Buffer.from(JSON.stringify({ docs: docs(A_REQUEST) }))
    op = 0
    return {
        server,
        does: 'keeps a tree of revisions for each document and the body of the last; written without a sync to the disk',
        bytes: [sample.length / A_REQUEST, gzipSync(sample).length / A_REQUEST],
        push: async ops => {
            for (const { ok, id, rev } of await remote.bulkDocs(docs(ops))) {
                if (!ok) throw new Error(`refused: ${id}`)
                revisions.set(id, rev)
            }
        },
        fresh: async () => (await local.replicate.from(remote, { batch_size: A_REQUEST })).docs_written
    }
}

const directory = mkdtempSync(join(tmpdir(), 'heph-hubs-'))
const hub = await { actual, pouchdb }[peer](directory, await freePort())
try {
    const [push] = await timed(async () => {
        for (let ops = 0; ops < OPS; ops += A_REQUEST) await hub.push(A_REQUEST)
    })
    const singles = []
    for (let round = 0; round < SINGLES; round++) singles.push((await timed(() => hub.push(1)))[0])
    const [fresh, arrived] = await timed(hub.fresh)
    console.log(JSON.stringify({ peer, does: hub.does, ops: OPS, push_ms: push, single_ms: median(singles), bytes: hub.bytes, fresh_ms: fresh, arrived }))
} finally {
    hub.server.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true })
}
process.exit(0)
