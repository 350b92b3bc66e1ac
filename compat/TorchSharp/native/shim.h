// What every file of the C interface shares: the value that crosses it, tensor handles, and the catch of every exception.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/Generator.h>
#include <c10/util/Exception.h>

#include <cstdint>
#include <exception>
#include <string>

#define SHIM extern "C" __attribute__((visibility("default")))

namespace shim {

// Kept in step with NativeValue.cs.
enum class Tag : int64_t {
    None = 0, Tensor, Int, Double, Bool, String, IntList, DoubleList, BoolList, TensorList, OptionalTensorList, Device, Generator
};

struct Value {
    Tag tag;
    int64_t count;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
};

// A tensor handle is an owned reference to its TensorImpl, null for an undefined tensor.
inline at::Tensor borrow(void* handle) {
    if (handle == nullptr) return at::Tensor();
    return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::unsafe_reclaim_from_nonowning(
        static_cast<c10::TensorImpl*>(handle)));
}

inline void* own(at::Tensor tensor) {
    return tensor.defined() ? static_cast<void*>(tensor.unsafeReleaseTensorImpl()) : nullptr;
}

void set_error(const char* message);

// Runs body; an exception becomes the thread's last error and the answer `failed`.
template <class T, class F>
T guarded(T failed, F&& body) {
    try {
        return body();
    } catch (const c10::Error& error) {
        set_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        set_error(error.what());
    } catch (...) {
        set_error("libtorch threw something that is not a std::exception");
    }
    return failed;
}

template <class F>
void guarded(F&& body) {
    guarded(0, [&] { body(); return 0; });
}

}  // namespace shim
