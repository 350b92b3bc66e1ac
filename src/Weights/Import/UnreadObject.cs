namespace MlNetImageTranslation.Weights;

/// <summary>An object in somebody else's file that is not read.</summary>
/// <param name="path">Where it stands: empty for the file's top, else keys joined by dots.</param>
/// <param name="type">Its class or the function that makes it, such as <c>argparse.Namespace</c>.</param>
internal sealed class UnreadObject(string path, string type)
{
    /// <summary>Where it stands: empty for the file's top, else keys joined by dots.</summary>
    public string Path { get; } = path;

    /// <summary>Its class or the function that makes it.</summary>
    public string Type { get; } = type;

    /// <summary>How many tensors are in it.</summary>
    public int Tensors { get; set; }

    /// <summary>Whether it is a tensor of a form that is not read: sparse or quantized.</summary>
    public bool IsTensor => Type.StartsWith("torch._utils._rebuild_", StringComparison.Ordinal);

    /// <summary>What it is, for messages.</summary>
    public string Description =>
        (Path.Length == 0 ? "the file itself" : $"'{Path}'")
        + $", an object of class {Type}"
        + (Tensors > 0 ? $" with {Tensors} tensors in it" : "");
}
