// Calls any operator of libtorch by name through its dispatcher: one entry point instead of one for each operator.
// Arguments that the caller leaves out at the end take the defaults of the operator's schema.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <ATen/core/List.h>
#include <ATen/core/stack.h>

#include <cstdlib>

using shim::Tag;
using shim::Value;

namespace {

c10::IValue to_ivalue(const Value& value) {
    switch (value.tag) {
        case Tag::None: return c10::IValue();
        case Tag::Tensor: return c10::IValue(shim::borrow(value.pointer));
        case Tag::Int: return c10::IValue(value.integer);
        case Tag::Double: return c10::IValue(value.real);
        case Tag::Bool: return c10::IValue(value.integer != 0);
        case Tag::String: return c10::IValue(std::string(static_cast<const char*>(value.pointer), static_cast<size_t>(value.count)));
        case Tag::IntList: {
            auto* items = static_cast<const int64_t*>(value.pointer);
            return c10::IValue(std::vector<int64_t>(items, items + value.count));
        }
        case Tag::DoubleList: {
            auto* items = static_cast<const double*>(value.pointer);
            return c10::IValue(std::vector<double>(items, items + value.count));
        }
        case Tag::BoolList: {
            auto* items = static_cast<const int64_t*>(value.pointer);
            c10::List<bool> list;
            for (int64_t i = 0; i < value.count; i++) list.push_back(items[i] != 0);
            return c10::IValue(std::move(list));
        }
        case Tag::TensorList: {
            auto* items = static_cast<void* const*>(value.pointer);
            c10::List<at::Tensor> list;
            list.reserve(value.count);
            for (int64_t i = 0; i < value.count; i++) list.push_back(shim::borrow(items[i]));
            return c10::IValue(std::move(list));
        }
        case Tag::OptionalTensorList: {
            auto* items = static_cast<void* const*>(value.pointer);
            // Written without the name of the optional, which changed between 1.13 and 2.x.
            c10::impl::GenericList list(c10::OptionalType::ofTensor());
            list.reserve(value.count);
            for (int64_t i = 0; i < value.count; i++) list.push_back(items[i] == nullptr ? c10::IValue() : c10::IValue(shim::borrow(items[i])));
            return c10::IValue(std::move(list));
        }
        case Tag::Device: return c10::IValue(c10::Device(static_cast<c10::DeviceType>(value.integer), static_cast<c10::DeviceIndex>(value.count)));
        case Tag::Generator: return c10::IValue(*static_cast<at::Generator*>(value.pointer));
    }
    TORCH_CHECK(false, "unknown argument tag ", static_cast<int64_t>(value.tag));
}

Value from_ivalue(const c10::IValue& value) {
    Value result{Tag::None, 0, {0}};
    if (value.isNone()) return result;
    if (value.isTensor()) {
        result.pointer = shim::own(value.toTensor());
        result.tag = result.pointer == nullptr ? Tag::None : Tag::Tensor;
    } else if (value.isInt()) {
        result.tag = Tag::Int;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.tag = Tag::Double;
        result.real = value.toDouble();
    } else if (value.isBool()) {
        result.tag = Tag::Bool;
        result.integer = value.toBool();
    } else if (value.isTensorList()) {
        auto list = value.toTensorVector();
        auto** handles = static_cast<void**>(std::malloc(sizeof(void*) * (list.size() + 1)));
        for (size_t i = 0; i < list.size(); i++) handles[i] = shim::own(list[i]);
        result.tag = Tag::TensorList;
        result.count = static_cast<int64_t>(list.size());
        result.pointer = handles;
    } else {
        TORCH_CHECK(false, "results of type ", value.tagKind(), " are not handled");
    }
    return result;
}

}  // namespace

// The operator aten::name.overload, or null with an error.
SHIM void* shim_operator(const char* name, const char* overload) {
    return shim::guarded<void*>(nullptr, [&]() -> void* {
        auto found = c10::Dispatcher::singleton().findSchema({std::string("aten::") + name, overload});
        TORCH_CHECK(found.has_value(), "this libtorch has no operator aten::", name, *overload ? "." : "", overload);
        return new c10::OperatorHandle(*found);
    });
}

// Runs an operator. Returns the number of results written, -1 on error.
SHIM int32_t shim_call(void* handle, const Value* arguments, int32_t count, Value* results, int32_t capacity) {
    return shim::guarded<int32_t>(-1, [&]() -> int32_t {
        auto& op = *static_cast<c10::OperatorHandle*>(handle);
        const auto& declared = op.schema().arguments();
        TORCH_CHECK(static_cast<size_t>(count) <= declared.size(), op.operator_name(), " takes at most ", declared.size(), " arguments, got ", count);
        torch::jit::Stack stack;
        stack.reserve(declared.size());
        for (int32_t i = 0; i < count; i++) stack.push_back(to_ivalue(arguments[i]));
        for (size_t i = count; i < declared.size(); i++) {
            const auto& fallback = declared[i].default_value();
            TORCH_CHECK(fallback.has_value(), op.operator_name(), " needs the argument ", declared[i].name());
            stack.push_back(*fallback);
        }
        op.callBoxed(&stack);
        TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), op.operator_name(), " has ", stack.size(), " results");
        for (size_t i = 0; i < stack.size(); i++) results[i] = from_ivalue(stack[i]);
        return static_cast<int32_t>(stack.size());
    });
}

// Frees the array of a TensorList result (not the tensors in it).
SHIM void shim_free(void* memory) { std::free(memory); }
