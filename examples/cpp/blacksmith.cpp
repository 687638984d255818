// A blacksmith who knows the weather: the C++ layer, one tool, and a reply in writing.
#include <gemlive/gemlive.hpp>

#include <iostream>

int main()
{
    const char *const weather_schema = R"({
        "name": "weather", "description": "The weather in a town.",
        "parameters": {"type": "OBJECT", "properties": {"town": {"type": "STRING"}}, "required": ["town"]}
    })";

    try {
        gemlive::Model model{gemlive::Options{}.instructions("You are a blacksmith.").tool(weather_schema)};
        gemlive::Session session = model.session();
        session.send_text("Is it too hot for the forge today?");

        for (const gemlive::Event &event : session.events()) {
            if (auto call = event.tool_call()) {
                std::cout << '[' << call->name << ' ' << call->arguments << "]\n";
                session.respond(*call, R"({"celsius": 21})");
            } else if (event.type() == GEMLIVE_EVENT_OUTPUT_TRANSCRIPT) {
                std::cout << event.text() << std::flush;
            } else if (event.type() == GEMLIVE_EVENT_TURN_FINISHED) {
                std::cout << std::endl;
                session.close();
            } else if (event.type() == GEMLIVE_EVENT_CLOSED && event.code() != GEMLIVE_OK) {
                std::cerr << event.message() << std::endl;
                return 1;
            }
        }
    } catch (const gemlive::Error &error) {
        std::cerr << error.what() << std::endl;
        return 1;
    }
    return 0;
}
