using System.Diagnostics.CodeAnalysis;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Named tensors in a fixed order: the weights of a network under the names of its
/// <see cref="NetworkGraph.Parameters"/>.
/// </summary>
public sealed class StateDict
{
    private readonly OrderedDictionary<string, WeightTensor> _tensors = [];

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names => _tensors.Keys;

    /// <summary>How many tensors there are.</summary>
    public int Count => _tensors.Count;

    /// <summary>The tensor of that name; setting appends it or replaces it in place.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names it.</exception>
    public WeightTensor this[string name]
    {
        get =>
            _tensors.TryGetValue(name, out var tensor)
                ? tensor
                : throw new KeyNotFoundException($"There is no tensor named '{name}' among the {Count} weights.");
        set => _tensors[name] = value;
    }

    /// <summary>Whether a tensor of that name is there.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out WeightTensor? tensor) =>
        _tensors.TryGetValue(name, out tensor);

    /// <summary>
    /// Reads the floating-point tensors of a safetensors file (https://github.com/huggingface/safetensors), in the
    /// header's order. F16, BF16 and F64 become float32; integers (such as PyTorch's <c>num_batches_tracked</c>), which
    /// are no weights, are skipped.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">The file is not a sound safetensors file; the message names it and the
    /// tensor.</exception>
    public static StateDict Read(string path) => Safetensors.Read(path).Weights;

    /// <summary>Reads a safetensors file from the stream's position to its end.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static StateDict Read(Stream stream) => Safetensors.Read(stream).Weights;

    /// <summary>Reads only the metadata of a safetensors file, its header's <c>__metadata__</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Empty where there is none.</returns>
    /// <exception cref="FormatException">The file is not a sound safetensors file; the message names it.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) => Safetensors.ReadMetadata(path);

    /// <summary>
    /// Writes the tensors as float32 into a safetensors file. It appears under its name only when it is complete; an
    /// older file of that name is replaced.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Strings for the header, such as a <see cref="ModelCard"/>'s JSON.</param>
    /// <param name="flushToDisk">Whether to wait until the bytes are on the disk before the file gets its name, so that
    /// not even a power cut leaves half of it.</param>
    public void Write(string path, IReadOnlyDictionary<string, string>? metadata = null, bool flushToDisk = true) =>
        Safetensors.Write(path, this, metadata, flushToDisk);

    /// <summary>Writes a safetensors file to a stream, which stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="metadata">Strings for the header.</param>
    public void Write(Stream stream, IReadOnlyDictionary<string, string>? metadata = null) =>
        Safetensors.Write(stream, this, metadata);

    /// <summary>
    /// SHA-256 of the weights, lower-case hexadecimal, which does not depend on the file format they are kept in: over
    /// all tensors in their order; of each the length of its name in UTF-8 bytes, the name, the number of dimensions,
    /// every dimension (all these int32), and the float32 values: everything little-endian.
    /// </summary>
    public string ComputeHash() => WeightsHash.Compute(this);

    /// <summary>
    /// Checks that these are the weights of <paramref name="graph"/>: every parameter, of its shape, and nothing else.
    /// </summary>
    /// <exception cref="ArgumentException">The message lists by name what is missing, what is unknown, and what has
    /// another shape.</exception>
    public void Check(NetworkGraph graph)
    {
        var problems = new List<string>();
        var expected = new HashSet<string>();
        foreach (var parameter in graph.Parameters)
        {
            expected.Add(parameter.Name);
            var shape = $"[{string.Join(", ", parameter.Shape)}]";
            if (!TryGet(parameter.Name, out var tensor))
                problems.Add($"{parameter.Name}: expected {shape}, found nothing");
            else if (!tensor.Shape.SequenceEqual(parameter.Shape))
                problems.Add($"{parameter.Name}: expected {shape}, found [{string.Join(", ", tensor.Shape)}]");
        }
        problems.AddRange(
            Names
                .Where(name => !expected.Contains(name))
                .Select(name => $"{name}: expected nothing, found [{string.Join(", ", this[name].Shape)}]")
        );
        if (problems.Count > 0)
            throw new ArgumentException(
                $"These weights do not fit network '{graph.Name}':\n  {string.Join("\n  ", problems)}"
            );
    }
}
