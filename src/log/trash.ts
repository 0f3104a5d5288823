/** Files on their way out: renamed already, removed after `file.delete.delay.ms`. */
export class Trash {}
