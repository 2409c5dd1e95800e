const LIST = `
a about above after again against all also am an and any anyone anything are aren't as at be because been before being
below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each
either else ever every few for from further get gets getting give go goes going got had hadn't has hasn't have haven't
having he her here hers herself him himself his how however i i'd i'll i'm i've if in into is isn't it it'd it'll its
itself just know let like me might more most much must my myself no nor not now of off on once one only or other ought
our ours ourselves out over own per please really same shall she should shouldn't so some someone something such tell
than that that'll the their theirs them themselves then there there'd these they they'd they'll they're they've thing
things this those through to too under until up upon us very want was wasn't we we'd we'll we're we've were weren't
what what're whatever when where whether which while who whom whose why will with within without won't would wouldn't
yet you you'd you'll you're you've your yours yourself yourselves
arent cant couldnt didnt doesnt dont hadnt hasnt havent id im isnt ive shouldnt thats theyre theyve wasnt werent whats
whos wont wouldnt youd youll youre youve
`;

/** English words that say nothing about a topic, lower case, contractions with a straight apostrophe or with none. */
export const STOP_WORDS: ReadonlySet<string> = new Set(LIST.split(/\s+/).filter(Boolean));
