// What a tensor is: its handle, shape, type, place, memory.
#include "shim.h"

#include <ATen/ops/from_blob.h>

SHIM void shim_tensor_free(void* handle) {
    if (handle != nullptr) c10::raw::intrusive_ptr::decref(static_cast<c10::TensorImpl*>(handle));
}

// Another owned reference to the same tensor.
SHIM void* shim_tensor_share(void* handle) { return shim::own(shim::borrow(handle)); }

SHIM int64_t shim_tensor_dim(void* handle) {
    return shim::guarded<int64_t>(-1, [&] { return shim::borrow(handle).dim(); });
}

SHIM int64_t shim_tensor_numel(void* handle) {
    return shim::guarded<int64_t>(-1, [&] { return static_cast<int64_t>(shim::borrow(handle).numel()); });
}

SHIM void shim_tensor_sizes(void* handle, int64_t* into) {
    shim::guarded([&] { auto tensor = shim::borrow(handle); for (auto size : tensor.sizes()) *into++ = size; });
}

SHIM void shim_tensor_strides(void* handle, int64_t* into) {
    shim::guarded([&] { auto tensor = shim::borrow(handle); for (auto stride : tensor.strides()) *into++ = stride; });
}

SHIM int64_t shim_tensor_storage_offset(void* handle) {
    return shim::guarded<int64_t>(-1, [&] { return static_cast<int64_t>(shim::borrow(handle).storage_offset()); });
}

SHIM int32_t shim_tensor_dtype(void* handle) {
    return shim::guarded<int32_t>(-1, [&] { return static_cast<int32_t>(shim::borrow(handle).scalar_type()); });
}

SHIM int32_t shim_tensor_device(void* handle, int32_t* index) {
    return shim::guarded<int32_t>(-1, [&] {
        auto device = shim::borrow(handle).device();
        *index = device.index();
        return static_cast<int32_t>(device.type());
    });
}

SHIM int32_t shim_tensor_is_contiguous(void* handle) {
    return shim::guarded<int32_t>(0, [&] { return static_cast<int32_t>(shim::borrow(handle).is_contiguous()); });
}

SHIM int32_t shim_tensor_is_pinned(void* handle) {
    return shim::guarded<int32_t>(0, [&] { return static_cast<int32_t>(shim::borrow(handle).is_pinned()); });
}

SHIM void* shim_tensor_data(void* handle) {
    return shim::guarded<void*>(nullptr, [&] { return shim::borrow(handle).data_ptr(); });
}

// A tensor over memory of the caller; release(context) is called when the last reference goes.
SHIM void* shim_tensor_over(void* data, const int64_t* sizes, int64_t dims, int32_t dtype, void (*release)(void*), void* context) {
    return shim::guarded<void*>(nullptr, [&] {
        return shim::own(at::from_blob(data, at::IntArrayRef(sizes, dims), [=](void*) { release(context); },
            at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))));
    });
}
