// The intake as a script of its own, half of what the background is made of: most wakings of a worker read no feed.
import type { Intake } from './intake.ts';

const SCRIPT = '/intake.js';
/** Where the script leaves what it holds: in the worker's world, or the background page's. */
const world = globalThis as { eightBellsIntake?: Intake };

/** To be called by the script. */
export function offerIntake(intake: Intake): void {
  world.eightBellsIntake = intake;
}

/**
 * To be called on the background's first tick. A worker may only load what it loaded before it was installed; the browser
 * keeps that with it (Service Workers, importScripts: "script resource map"). Where the background is a page, the manifest
 * lists the script before the background's own.
 */
export function keepIntakeScript(): void {
  addEventListener('install', () => void loadIntake());
}

/** The intake, loaded once in a worker's life. Throws where the script is gone from the package. */
export async function loadIntake(): Promise<Intake> {
  if (!world.eightBellsIntake) (globalThis as unknown as { importScripts: (url: string) => void }).importScripts(SCRIPT);
  return world.eightBellsIntake as Intake;
}
