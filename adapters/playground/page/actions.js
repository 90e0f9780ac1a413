// What the persona does with the bot, and what becomes of the answers.

import { dialog, toast } from "./dialog.js";
import { viewOf } from "./message.js";
import { ask } from "./socket.js";
import { on, state, t, tell } from "./state.js";

// Sends something the bot answers. `answered` resolves when the answer has been put in its place.
export function act(frame) {
  const asked = { room: state.room, as: state.as, ...frame };
  const answered = ask(asked).then((reply) => {
    put(reply, asked);
    return reply;
  });
  return { answered };
}

function put(reply, asked) {
  switch (reply.is) {
    case "form":
      if (asked.as === state.as) tell("form", { form: reply.form, origin: { as: asked.as, room: asked.room, message: reply.message } });
      break;
    case "said":
      tell("answered", reply);
      break;
    case "farewell":
      tell("farewell", reply.view);
      break;
    case "nobody":
    case "problem":
      toast(t(reply.is));
      break;
  }
}

// An answer to something sent before the page was loaded again.
on("late", ({ asked, reply }) => put(reply, asked));
on("problem", () => toast(t("problem")));

// The last words to a persona who was forgotten and is not here any more to read them.
on("farewell", (view) => document.querySelector("dialog[open]") ?? dialog(t("farewell.title"), viewOf(view, null)));
