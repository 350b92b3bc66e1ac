namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // TorchSharp's own file format: a count, then for each entry its name and the tensor (TensorFile).
        public partial class Module
        {
            public Module save(string location, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(File.Create(location));
                return save(writer, skip);
            }

            /// <summary>Writes the state and closes the stream.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var entries = sd.Where(entry => skip is null || !skip.Contains(entry.Key)).ToList();
                writer.Write7BitEncodedInt64(entries.Count);
                foreach (var (key, tensor) in entries)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(File.OpenRead(location));
                return load(reader, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var own = state_dict();
                long count = reader.Read7BitEncodedInt64();
                if (strict && skip is null && count != own.Count) throw new ArgumentException($"Mismatched state_dict sizes: expected {own.Count}, but found {count} entries.");
                for (long i = 0; i < count; i++)
                {
                    var key = reader.ReadString();
                    bool skipped = skip is not null && skip.Contains(key);
                    if (own.TryGetValue(key, out var target))
                    {
                        target.Load(reader, skipped);
                        loadedParameters?.TryAdd(key, !skipped);
                        continue;
                    }
                    if (strict && !skipped) throw new ArgumentException($"Mismatched module state names: the target modules does not have a submodule or buffer named '{key}'");
                    using var ignored = TensorExtensionMethods.Load(reader);
                    loadedParameters?.TryAdd(key, false);
                }
                return this;
            }
        }
    }
}
