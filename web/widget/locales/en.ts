const DOING: Record<string, string> = {
  add: 'Adding',
  book: 'Booking',
  calculate: 'Calculating',
  cancel: 'Cancelling',
  change: 'Changing',
  check: 'Checking',
  create: 'Creating',
  fetch: 'Getting',
  find: 'Finding',
  get: 'Getting',
  list: 'Getting',
  look: 'Looking',
  open: 'Opening',
  read: 'Reading',
  reschedule: 'Rescheduling',
  search: 'Searching',
  send: 'Sending',
  start: 'Starting',
  track: 'Tracking',
  update: 'Updating',
  verify: 'Verifying',
};

const BUILT_IN: Record<string, string> = {
  search_knowledge: 'Looking that up…',
  hand_off: 'Asking a person to join…',
  resolve: 'Wrapping up…',
};

/** get, quote becomes "Getting a quote…"; a name without a known verb becomes "Working on it: …". */
function toolProgress(words: string[]): string {
  const known = BUILT_IN[words.join('_')];
  if (known) return known;
  const [verb = '', ...object] = words;
  const doing = DOING[verb];
  if (!doing || object.length === 0) return `Working on it: ${words.join(' ')}…`;
  const single =
    object.length === 1 && !/(s|info|information|data|availability|status|stock|weather)$/.test(object[0] ?? '');
  const article = /^[aeiou]/.test(object[0] ?? '') ? 'an' : 'a';
  return `${doing} ${single ? `${article} ` : ''}${object.join(' ')}…`;
}

/** The chat's own sentences. What the agent says comes from the server, in the customer's language. */
export const sentences = {
  locale: 'en',
  openChat: 'Open the chat',
  closeChat: 'Close the chat',
  unread: (count: number) => (count === 1 ? '1 new message' : `${count} new messages`),
  aiAssistant: 'AI assistant',
  assistant: 'Assistant',
  you: 'You',
  person: (company: string) => (company ? `${company} team` : 'Our team'),
  offlineModel: 'Offline demo model – not Claude',
  conversation: 'Conversation',
  loading: 'Opening the conversation…',
  empty: 'Write a message to begin.',
  thinking: (name: string) => `${name} is thinking…`,
  toolProgress,
  sources: 'Sources',
  source: (number: number) => `Source ${number}`,
  sourceFailed: 'The source could not be shown.',
  stoppedMark: 'Stopped',
  failedMark: 'This reply could not be finished.',
  messageLabel: 'Your message',
  placeholder: 'Write a message…',
  send: 'Send',
  stop: 'Stop the reply',
  stopping: 'Stopping…',
  charactersLeft: (count: number) => `${count.toLocaleString('en')} characters left`,
  charactersOver: (count: number) => `${count.toLocaleString('en')} characters too many`,
  sending: 'Sending…',
  notSent: 'Not sent.',
  retry: 'Try again',
  edit: 'Edit',
  personButton: 'Talk to a person',
  /** Beside a person's icon, where there is no room. */
  personShort: 'Person',
  newConversation: 'New conversation',
  newConversationAsk: 'Start a new conversation? This one will no longer be shown here.',
  newConversationYes: 'Start new',
  keep: 'Keep this one',
  dismiss: 'Dismiss',
  startFailed: 'The conversation could not be opened.',
  cancelFailed: 'The reply could not be stopped.',
  handoffFailed: 'We could not ask for a person.',
  rateFailed: 'Your rating was not saved.',
  connectionLost: 'The connection is interrupted. Reconnecting – nothing is lost.',
  deviceOffline: 'You are offline. The conversation goes on as soon as you are back.',
  waitingForHuman: 'A person has been asked to join.',
  waitingMeanwhile: (name: string) => `${name} can still answer meanwhile.`,
  withHuman: 'You are talking to a person.',
  resolved: 'Marked as resolved. Write again if anything is left.',
  closed: 'This conversation is closed.',
  reachUs: 'You can also reach us:',
  disclosure: 'You are chatting with an AI assistant. It can be wrong: check important details.',
  jumpToLatest: 'Jump to the latest message',
  aMoment: 'a moment',
  /** Why something did not work, by the server's code; `wait` is a length of time in words. */
  problems: {
    too_many_messages: (wait: string) => `That was a lot of messages in a short time. Please try again in ${wait}.`,
    too_many_conversations: (wait: string) =>
      `Too many conversations were started from here. Please try again in ${wait}.`,
    too_many_streams: (wait: string) =>
      `This chat is open in too many places. Close other tabs; we try again in ${wait}.`,
    budget_spent: (_wait: string) => 'The assistant has answered as much as it may for now. A person can help you.',
    paused: (_wait: string) => 'The assistant is switched off at the moment. A person can help you.',
    message_too_long: (_wait: string) => 'It is too long.',
    conversation_closed: (_wait: string) => 'This conversation is closed.',
    origin_not_allowed: (_wait: string) => 'The chat is not set up for this website.',
    network: (_wait: string) => 'We cannot be reached. Check your connection and try again.',
    other: (_wait: string) => 'Something went wrong on our side. Please try again.',
  },
};

export type Sentences = typeof sentences;
