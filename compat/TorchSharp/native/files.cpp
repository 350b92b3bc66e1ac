// libtorch's own file format for one tensor.
#include "shim.h"

#include <torch/serialize.h>

SHIM void shim_save(void* tensor, const char* path) { shim::guarded([&] { torch::save(shim::borrow(tensor), std::string(path)); }); }

SHIM void* shim_load(const char* path) {
    return shim::guarded<void*>(nullptr, [&] {
        at::Tensor tensor;
        torch::load(tensor, std::string(path));
        return shim::own(tensor);
    });
}
