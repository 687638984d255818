/**
 * Real-time voice conversations with the Gemini Live API.
 *
 * <p>{@link dev.gemlive.LiveOptions} says to whom and how, {@link dev.gemlive.LiveModel} starts sessions, a
 * {@link dev.gemlive.LiveSession} is one conversation: audio and commands go in, events come out.
 */
package dev.gemlive;
