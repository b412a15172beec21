import assert from 'node:assert/strict';
import test from 'node:test';
import { testProject } from '../test/project.js';
import { prepareTypeHierarchy, subtypes, supertypes } from './typeHierarchy.js';

const classes = 'Project/Sources/Classes/';
const sources = {
  [`${classes}Shape.4dm`]: 'Function area()->$a : Real\n‸',
  [`${classes}Circle.4dm`]: 'Class extends Sha‸pe\n',
  [`${classes}Square.4dm`]: 'Class extends Shape\n',
  [`${classes}ItemEntity.4dm`]: 'Class extends Entity\n',
  Main: 'var $c : cs.Cir‸cle\n',
  Text: 'var $c : Te‸xt\n',
};

test('classes up and down, from their names and from their files', async () => {
  const project = await testProject(sources);
  const names = async (key: string): Promise<string[]> => {
    const { snapshot, cursor } = await project.at(key);
    return prepareTypeHierarchy(snapshot, cursor).map((item) => item.name);
  };
  assert.deepEqual(await names('Main'), ['cs.Circle']);
  assert.deepEqual(await names('Text'), []);
  assert.deepEqual(await names(`${classes}Circle.4dm`), ['cs.Shape']);
  assert.deepEqual(await names(`${classes}Shape.4dm`), ['cs.Shape']);
  const view = project.project;
  assert.deepEqual(
    supertypes(view, `${classes}Circle.4dm`).map((item) => item.name),
    ['cs.Shape'],
  );
  assert.deepEqual(supertypes(view, `${classes}ItemEntity.4dm`), []);
  assert.deepEqual(
    subtypes(view, `${classes}Shape.4dm`).map((item) => item.name),
    ['cs.Circle', 'cs.Square'],
  );
  assert.deepEqual(subtypes(view, `${classes}Circle.4dm`), []);
});
