/** One class for each event of a session; docs/events.md says when each comes. */
package dev.gemlive.event;
