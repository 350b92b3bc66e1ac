// The library itself: version, threads, random generators, CUDA.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <mutex>

SHIM const char* shim_version() { return TORCH_VERSION; }

SHIM void shim_set_num_threads(int32_t count) { shim::guarded([&] { at::set_num_threads(count); }); }

SHIM int32_t shim_get_num_threads() { return shim::guarded<int32_t>(0, [] { return static_cast<int32_t>(at::get_num_threads()); }); }

SHIM void shim_set_num_interop_threads(int32_t count) { shim::guarded([&] { at::set_num_interop_threads(count); }); }

SHIM int32_t shim_get_num_interop_threads() {
    return shim::guarded<int32_t>(0, [] { return static_cast<int32_t>(at::get_num_interop_threads()); });
}

SHIM void shim_manual_seed(int64_t seed) { shim::guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); }); }

SHIM void* shim_generator_default() {
    return shim::guarded<void*>(nullptr, []() -> void* { return new at::Generator(at::detail::getDefaultCPUGenerator()); });
}

SHIM void* shim_generator_new(uint64_t seed, int32_t device, int32_t index) {
    return shim::guarded<void*>(nullptr, [&]() -> void* {
        if (device == static_cast<int32_t>(c10::DeviceType::CPU)) return new at::Generator(at::detail::createCPUGenerator(seed));
        auto base = at::globalContext().defaultGenerator(c10::Device(static_cast<c10::DeviceType>(device), static_cast<c10::DeviceIndex>(index)));
        auto* copy = new at::Generator(base.clone());
        copy->set_current_seed(seed);
        return copy;
    });
}

SHIM void shim_generator_free(void* generator) { delete static_cast<at::Generator*>(generator); }

SHIM void shim_generator_set_seed(void* generator, int64_t seed) {
    shim::guarded([&] {
        auto& target = *static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(target.mutex());
        target.set_current_seed(static_cast<uint64_t>(seed));
    });
}

SHIM int64_t shim_generator_current_seed(void* generator) {
    return shim::guarded<int64_t>(0, [&] { return static_cast<int64_t>(static_cast<at::Generator*>(generator)->current_seed()); });
}

SHIM int64_t shim_generator_seed(void* generator) {
    return shim::guarded<int64_t>(0, [&] {
        auto& target = *static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(target.mutex());
        return static_cast<int64_t>(target.seed());
    });
}

SHIM void* shim_generator_get_state(void* generator) {
    return shim::guarded<void*>(nullptr, [&] {
        auto& source = *static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(source.mutex());
        return shim::own(source.get_state());
    });
}

SHIM void shim_generator_set_state(void* generator, void* state) {
    shim::guarded([&] {
        auto& target = *static_cast<at::Generator*>(generator);
        std::lock_guard<std::mutex> lock(target.mutex());
        target.set_state(shim::borrow(state));
    });
}

SHIM int32_t shim_cuda_available() { return shim::guarded<int32_t>(0, [] { return static_cast<int32_t>(torch::cuda::is_available()); }); }

SHIM int32_t shim_cudnn_available() { return shim::guarded<int32_t>(0, [] { return static_cast<int32_t>(torch::cuda::cudnn_is_available()); }); }

SHIM int32_t shim_cuda_device_count() { return shim::guarded<int32_t>(0, [] { return static_cast<int32_t>(torch::cuda::device_count()); }); }

SHIM void shim_cuda_manual_seed(int64_t seed, int32_t all) {
    shim::guarded([&] { all ? torch::cuda::manual_seed_all(static_cast<uint64_t>(seed)) : torch::cuda::manual_seed(static_cast<uint64_t>(seed)); });
}

SHIM void shim_cuda_synchronize(int64_t index) { shim::guarded([&] { torch::cuda::synchronize(index); }); }

// Switches of the CUDA libraries: 0 TF32 in matrix products, 1 TF32 in cuDNN, 2 reduced-precision fp16 sums.
SHIM int32_t shim_switch(int32_t which) {
    return shim::guarded<int32_t>(0, [&]() -> int32_t {
        auto& context = at::globalContext();
        switch (which) {
            case 0: return context.allowTF32CuBLAS();
            case 1: return context.allowTF32CuDNN();
            default: return static_cast<int32_t>(context.allowFP16ReductionCuBLAS()) != 0;
        }
    });
}

SHIM void shim_set_switch(int32_t which, int32_t value) {
    shim::guarded([&] {
        auto& context = at::globalContext();
        switch (which) {
            case 0: context.setAllowTF32CuBLAS(value != 0); break;
            case 1: context.setAllowTF32CuDNN(value != 0); break;
            default: context.setAllowFP16ReductionCuBLAS(value != 0); break;
        }
    });
}
