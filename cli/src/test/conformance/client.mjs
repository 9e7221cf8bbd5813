// The client the suite tests: does what the scenario named in MCP_CONFORMANCE_SCENARIO wants to see of a client.
// Usage: node client.mjs URL
import { Client, SdkErrorCode, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const { MCP_CONFORMANCE_SCENARIO: scenario, MCP_CONFORMANCE_PROTOCOL_VERSION: version } = process.env;
/** Longer than any request takes, for a machine that stalls. */
const patient = { timeout: 240_000 };
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');

const client = new Client(
    { name: 'conformance-client', version: '1.0.0' },
    {
        capabilities: { roots: {}, sampling: {}, elicitation: { form: { applyDefaults: true } } },
        ...(version === '2026-07-28' && { versionNegotiation: { mode: { pin: version } } }),
    },
);
/** What the user does with a form. */
let fillIn = async () => ({ confirmed: true });
client.setRequestHandler('elicitation/create', async () => ({ action: 'accept', content: await fillIn() }));

async function tools() {
    return (await client.listTools(undefined, patient)).tools;
}

async function call(name, args = {}) {
    return client.callTool({ name, arguments: args }, patient);
}

async function callAll() {
    for (const { name } of await tools()) {
        await call(name, { region: 'us-west1' });
    }
}

/** Leaves out every field: the SDK is to fill in the defaults. */
async function leaveFormsEmpty() {
    fillIn = async () => ({});
    await callAll();
}

/** Calls another tool while the first one waits for its answer, and one whose result has no type: this client refuses it. */
async function answerInTwoRounds() {
    await tools();
    fillIn = async () => {
        await call('test_mrtr_unrelated');
        return { confirmed: true };
    };
    await call('test_mrtr_echo_state');
    fillIn = async () => ({ confirmed: true });
    await call('test_mrtr_no_state');
    await call('test_mrtr_no_result_type').catch((error) => {
        if (error.code !== SdkErrorCode.InvalidResult) {
            throw error;
        }
    });
}

async function sendEveryKindOfRequest() {
    await callAll();
    for (const { uri } of (await client.listResources(undefined, patient)).resources) {
        await client.readResource({ uri }, patient);
    }
    for (const { name } of (await client.listPrompts(undefined, patient)).prompts) {
        await client.getPrompt({ name }, patient);
    }
}

async function callAsTold() {
    await tools();
    for (const { name, arguments: args } of context.toolCalls) {
        await call(name, args);
    }
}

async function sendSchemaBack() {
    const { inputSchema } = (await tools()).find(({ name }) => name === 'json_schema_2020_12_tool');
    await call('json_schema_echo', { schema: inputSchema });
}

const scenarios = {
    initialize: tools,
    tools_call: async () => {
        await tools();
        await call('add_numbers', { a: 5, b: 3 });
    },
    'elicitation-sep1034-client-defaults': leaveFormsEmpty,
    'sse-retry': callAll,
    'request-metadata': tools,
    'sep-2322-client-request-state': answerInTwoRounds,
    'http-standard-headers': sendEveryKindOfRequest,
    'http-custom-headers': callAsTold,
    'http-invalid-tool-headers': callAll,
    'json-schema-ref-no-deref': tools,
    'json-schema-2020-12-preservation': sendSchemaBack,
};

const act = scenarios[scenario];
if (!act) {
    console.error(`no such scenario here: ${scenario}`);
    process.exit(2);
}
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])), patient);
await act();
await client.close();
