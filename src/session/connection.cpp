#include "connection.hpp"

#include "conversation.hpp"

namespace gemlive::session {

bool Connection::next_message(std::string &out)
{
    return !end && !leaving && conversation_.next_message(*this, out);
}

void Connection::on_written(size_t, uint64_t)
{
    conversation_.on_written(*this);
}

void Connection::on_message(char *data, size_t size, size_t capacity, bool)
{
    conversation_.on_message(*this, data, size, capacity);
}

void Connection::on_pong()
{
    conversation_.on_pong();
}

void Connection::on_end(const net::LinkEnd &link_end)
{
    end = link_end;
    changed.notify();
}

}  // namespace gemlive::session
