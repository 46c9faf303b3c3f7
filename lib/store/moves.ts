// stub until the branch is merged
import type { MoveUndo } from '../action.ts';
import type { Database } from './database.ts';
export async function moveItem(_db: Database, _id: string, _to: string, _now: number): Promise<MoveUndo | null> { return null; }
export async function undoMove(_db: Database, _undo: MoveUndo): Promise<void> {}
