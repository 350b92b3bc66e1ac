using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // What a module holds: parameters, buffers, submodules; its state dict.
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<nint>();
                foreach (var (key, parameter) in _parametersByName) if (seen.Add(parameter.handle)) yield return (key, parameter);
                if (!recurse) yield break;
                foreach (var (prefix, child) in _childrenByName)
                    foreach (var (key, parameter) in child.named_parameters())
                        if (seen.Add(parameter.handle)) yield return ($"{prefix}.{key}", parameter);
            }

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (key, buffer) in _buffersByName) if (buffer.Persistent || include_nonpersistent) yield return (key, buffer.Tensor);
                if (!recurse) yield break;
                foreach (var (prefix, child) in _childrenByName)
                    foreach (var (key, buffer) in child.named_buffers(true, include_nonpersistent)) yield return ($"{prefix}.{key}", buffer);
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _childrenByName.Select(pair => (pair.Key, pair.Value));

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (key, child) in _childrenByName)
                {
                    yield return (key, child);
                    foreach (var (inner, module) in child.named_modules()) yield return ($"{key}.{inner}", module);
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair => pair.parameter);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) => named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            public virtual IEnumerable<Module> children() => _childrenByName.Values;

            public virtual IEnumerable<Module> modules() => named_modules().Select(pair => pair.module);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter? get_parameter(string target) => named_parameters().FirstOrDefault(pair => pair.name == target).parameter;

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(pair => pair.name == target).buffer;

            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (key, parameter) in _parametersByName) destination.TryAdd(start + key, parameter);
                foreach (var (key, buffer) in _buffersByName) if (buffer.Persistent) destination.TryAdd(start + key, buffer.Tensor);
                foreach (var (key, child) in _childrenByName) child.state_dict(destination, start + key);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                skip ??= [];
                var own = state_dict();
                var unexpected = source.Keys.Where(key => !skip.Contains(key) && !own.ContainsKey(key)).ToList();
                var missing = own.Keys.Where(key => !skip.Contains(key) && !source.ContainsKey(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0) throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                using var _ = no_grad();
                foreach (var (key, value) in source) if (!skip.Contains(key) && own.TryGetValue(key, out var target)) target.copy_(value);
                return (missing, unexpected);
            }

            /// <summary>Moves parameters and buffers. What changes type or device is replaced by a new object, in dictionary and field.</summary>
            internal void MoveTo(ScalarType? dtype, Device? device)
            {
                if (device is not null) InitializeDeviceType(device.type);
                using var _ = no_grad();
                foreach (var (key, old) in _parametersByName.ToList())
                {
                    if (Moved(old, dtype, device) is not { } data) continue;
                    var parameter = (Parameter)new Parameter(data, old.requires_grad).DetachFromDisposeScope();
                    using (var grad = old.grad) if (grad is not null) parameter.grad = Moved(grad, dtype, device);
                    Replace(key, old, parameter);
                    _parametersByName[key] = parameter;
                }
                foreach (var (key, old) in _buffersByName.ToList())
                {
                    if (Moved(old.Tensor, dtype, device) is not { } buffer) continue;
                    Replace(key, old.Tensor, buffer.DetachFromDisposeScope());
                    _buffersByName[key] = (buffer, old.Persistent);
                }
                foreach (var child in children()) child.MoveTo(dtype, device);
            }

            private static Tensor Moved(Tensor tensor, ScalarType? dtype, Device? device)
            {
                var type = dtype is { } wanted && tensor.is_floating_point() ? wanted : tensor.dtype;
                var place = device ?? tensor.device;
                bool same = type == tensor.dtype && place.type == tensor.device_type && (place.index < 0 || place.index == tensor.device_index);
                return same ? null : tensor.to(type, place);
            }

            private void Replace(string key, Tensor old, Tensor replacement)
            {
                foreach (var field in Fields()) if (field.Name == key && ReferenceEquals(field.GetValue(this), old)) field.SetValue(this, replacement);
                old.Dispose();
            }
        }
    }
}
