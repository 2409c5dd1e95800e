/** A text without any letter or sign beyond ASCII, for which there are quicker ways. */
export const ASCII = /^[\0-\x7f]*$/;
