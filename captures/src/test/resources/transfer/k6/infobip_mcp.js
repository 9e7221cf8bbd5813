import { done } from "./k6.js";

export default {
  NewClient(config) {
    done.push({ connect: config });
    return {
      callTool(tool, args) {
        if (typeof tool !== "string") {
          throw new Error("a tool is named by a string");
        }
        done.push({ call: tool, args: args });
        return "";
      },
      closeConnection() {
        done.push({ close: true });
      },
    };
  },
};
