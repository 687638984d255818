// Holds one conversation with @google/genai and prints what came of it as JSON. Base URL, key and trusted CA come
// from the environment.
'use strict';

const fs = require('fs');
const {GoogleGenAI, Modality} = require('@google/genai');

const turnDeadlineMs = 20000;
const chunkMs = 100;
const speed = 4;

const weather = {
    functionDeclarations: [{
        name: 'get_weather',
        description: 'The weather of a city.',
        parameters: {type: 'OBJECT', properties: {city: {type: 'STRING'}}, required: ['city']},
    }],
};

function sleep(ms) {
    return new Promise(resolve => setTimeout(resolve, ms));
}

// A session whose messages are read one after another; connect() alone would wait for ever for a refused setup.
class Conversation {
    constructor() {
        this.messages = [];
        this.failure = null;
        this.wake = () => {};
        this.refused = new Promise((resolve, reject) => { this.refuse = reject; });
        this.refused.catch(() => {});
    }

    async open(config, client = new GoogleGenAI({apiKey: process.env.GOOGLE_API_KEY})) {
        const connecting = client.live.connect({
            model: process.env.LIVE_MODEL,
            config: {
                responseModalities: [Modality.AUDIO],
                inputAudioTranscription: {},
                outputAudioTranscription: {},
                sessionResumption: {},
                ...config,
            },
            callbacks: {
                onmessage: message => { this.messages.push(message); this.wake(); },
                onerror: event => this.fail(event.message),
                onclose: event => this.fail(`${event.code} ${event.reason}`),
            },
        });
        this.session = await this.within(Promise.race([connecting, this.refused]));
        return this;
    }

    fail(text) {
        this.failure = new Error(text);
        this.refuse(this.failure);
        this.wake();
    }

    async within(step) {
        let timer;
        const late = new Promise((resolve, reject) => {
            timer = setTimeout(() => reject(new Error(`nothing within ${turnDeadlineMs} ms`)), turnDeadlineMs);
        });
        try {
            return await Promise.race([step, late]);
        } finally {
            clearTimeout(timer);
        }
    }

    async receive() {
        while (this.messages.length === 0) {
            if (this.failure)
                throw this.failure;
            await this.within(new Promise(resolve => { this.wake = resolve; }));
        }
        return this.messages.shift();
    }

    ask(text) {
        this.session.sendClientContent({turns: [{role: 'user', parts: [{text}]}], turnComplete: true});
    }

    // Sends a WAV file as a microphone would, at the speed of the emulator.
    async speak(path) {
        const file = fs.readFileSync(path);
        const rate = file.readUInt32LE(24);
        const step = rate * 2 * chunkMs / 1000;
        for (let at = 44; at < file.length; at += step) {
            const data = file.subarray(at, at + step).toString('base64');
            this.session.sendRealtimeInput({audio: {data, mimeType: `audio/pcm;rate=${rate}`}});
            await sleep(chunkMs / speed);
        }
    }

    answer(calls) {
        const functionResponses = calls.map(({id, name}) => ({id, name, response: {output: 'sunny'}}));
        this.session.sendToolResponse({functionResponses});
    }

    async turn() {
        const turn = {said: '', heard: '', calls: [], tokens: 0};
        let audioBytes = 0;
        for (;;) {
            const message = await this.receive();
            turn.tokens = message.usageMetadata?.totalTokenCount ?? turn.tokens;
            if (message.toolCall) {
                turn.calls.push(...message.toolCall.functionCalls.map(({name, args}) => ({name, args})));
                this.answer(message.toolCall.functionCalls);
            }
            const content = message.serverContent;
            for (const part of content?.modelTurn?.parts ?? [])
                audioBytes += Buffer.from(part.inlineData?.data ?? '', 'base64').length;
            turn.heard += content?.inputTranscription?.text ?? '';
            turn.said += content?.outputTranscription?.text ?? '';
            if (content?.turnComplete)
                return {...turn, audio_ms: Math.floor(audioBytes / 48)};
        }
    }

    // The handle that comes after a turn has the turn in it.
    async handle() {
        for (;;) {
            const update = (await this.receive()).sessionResumptionUpdate;
            if (update?.resumable && update.newHandle)
                return update.newHandle;
        }
    }

    close() {
        this.session.close();
    }
}

async function oneTurn(question, config, client) {
    const conversation = await new Conversation().open(config, client);
    conversation.ask(question);
    const turn = await conversation.turn();
    conversation.close();
    return turn;
}

async function spokenTurn() {
    const conversation = await new Conversation().open();
    const [turn] = await Promise.all([conversation.turn(), conversation.speak(process.env.SPEECH_FILE)]);
    conversation.close();
    return turn;
}

async function resumedSession() {
    const first = await new Conversation().open();
    first.ask('My name is Ada.');
    const turns = [await first.turn()];
    const handle = await first.handle();
    first.close();
    turns.push(await oneTurn('What is my name?', {sessionResumption: {handle}}));
    return {handle, turns};
}

// With a token for one session, whose whole setup is fixed.
async function tokenTurn() {
    const httpOptions = {apiVersion: 'v1alpha'};
    const token = await new GoogleGenAI({apiKey: process.env.GOOGLE_API_KEY, httpOptions}).authTokens.create({
        config: {
            uses: 1,
            liveConnectConstraints: {
                model: process.env.LIVE_MODEL,
                config: {responseModalities: [Modality.AUDIO], outputAudioTranscription: {}, temperature: 0.5},
            },
        },
    });
    const client = new GoogleGenAI({apiKey: token.name, httpOptions});
    const turn = await oneTurn('Do you sell swords?', {}, client);
    return {turn, ...await refused(client)};
}

async function refused(client) {
    try {
        await oneTurn('Is anybody there?', {}, client);
    } catch (error) {
        return {error: error.message};
    }
    return {error: 'it was not refused'};
}

const conversations = {
    'text-turn': () => oneTurn('Do you sell swords?'),
    'tool-turn': () => oneTurn('How is the weather in Paris?', {tools: [weather]}),
    'spoken-turn': spokenTurn,
    'resumed-session': resumedSession,
    'token-turn': tokenTurn,
    refused: () => refused(),
};

conversations[process.argv[2]]().then(result => {
    console.log(JSON.stringify(result));
    process.exit(0);
}, error => {
    console.error(error);
    process.exit(1);
});
