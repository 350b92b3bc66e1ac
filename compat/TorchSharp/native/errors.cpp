// The last error of each thread, as libtorch worded it.
#include "shim.h"

namespace shim {

static thread_local std::string last_error;
static thread_local bool has_error = false;

void set_error(const char* message) {
    last_error = message;
    has_error = true;
}

}  // namespace shim

// The message since the last call, or null. It stays valid until the thread's next error.
SHIM const char* shim_take_error() {
    if (!shim::has_error) return nullptr;
    shim::has_error = false;
    return shim::last_error.c_str();
}
