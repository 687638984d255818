#pragma once

#include "net/signal.hpp"
