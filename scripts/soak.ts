// `npm run soak -- [seed] [days]`: a month of a reader's life in little and what is pruned after it (or so many days), and a death before every single
// step the background takes. Prints its seed; the same seed throws the same dice.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const [seed = Math.floor(Math.random() * 1e9), days = 36] = process.argv.slice(2).map(Number);
console.log(`seed ${seed}, ${days} days`);
const { status } = spawnSync(path.join(root, 'node_modules/.bin/vitest'), ['run', '--project', 'unit', 'tests/soak', 'tests/killpoints.test.ts', 'tests/keeper-killpoints.test.ts'], { cwd: root, stdio: 'inherit', env: { ...process.env, EIGHT_BELLS_SOAK: `${seed} ${days}` } });
process.exit(status ?? 1);
