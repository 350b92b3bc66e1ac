// Gradients: flags of a tensor, backward passes, gradient and inference mode of the thread.
#include "shim.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>

namespace {

std::vector<at::Tensor> list(void** handles, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t i = 0; i < count; i++) tensors.push_back(shim::borrow(handles[i]));
    return tensors;
}

}  // namespace

SHIM int32_t shim_tensor_requires_grad(void* handle) {
    return shim::guarded<int32_t>(0, [&] { return static_cast<int32_t>(shim::borrow(handle).requires_grad()); });
}

SHIM void shim_tensor_set_requires_grad(void* handle, int32_t value) {
    shim::guarded([&] { shim::borrow(handle).set_requires_grad(value != 0); });
}

SHIM int32_t shim_tensor_is_leaf(void* handle) {
    return shim::guarded<int32_t>(0, [&] { return static_cast<int32_t>(shim::borrow(handle).is_leaf()); });
}

SHIM void shim_tensor_retain_grad(void* handle) {
    shim::guarded([&] { shim::borrow(handle).retain_grad(); });
}

SHIM void* shim_tensor_grad(void* handle) {
    return shim::guarded<void*>(nullptr, [&] { auto tensor = shim::borrow(handle); return shim::own(tensor.grad()); });
}

SHIM void shim_tensor_set_grad(void* handle, void* grad) {
    shim::guarded([&] { auto tensor = shim::borrow(handle); tensor.mutable_grad() = shim::borrow(grad); });
}

SHIM void shim_backward(void** tensors, int64_t count, void** gradients, int64_t gradient_count, int32_t retain_graph,
                        int32_t create_graph, void** inputs, int64_t input_count) {
    shim::guarded([&] {
        torch::autograd::backward(list(tensors, count), list(gradients, gradient_count), retain_graph != 0, create_graph != 0,
            list(inputs, input_count));
    });
}

// Writes input_count handles, null for an input that the outputs do not depend on.
SHIM void shim_gradients(void** outputs, int64_t output_count, void** inputs, int64_t input_count, void** gradients,
                         int64_t gradient_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results) {
    shim::guarded([&] {
        auto found = torch::autograd::grad(list(outputs, output_count), list(inputs, input_count), list(gradients, gradient_count),
            retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (auto& gradient : found) *results++ = shim::own(gradient);
    });
}

SHIM int32_t shim_grad_enabled() { return c10::GradMode::is_enabled(); }

SHIM void shim_set_grad_enabled(int32_t value) { c10::GradMode::set_enabled(value != 0); }

SHIM void* shim_inference_enter(int32_t value) { return new c10::InferenceMode(value != 0); }

SHIM void shim_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

SHIM int32_t shim_inference_enabled() { return c10::InferenceMode::is_enabled(); }
