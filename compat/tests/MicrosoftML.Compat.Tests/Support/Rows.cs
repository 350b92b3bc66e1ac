using Microsoft.ML.Data;

namespace MicrosoftML.Compat.Tests;

public sealed class Number
{
    public float Value { get; set; }
}

public sealed class Named
{
    public string Name { get; set; } = "";

    [VectorType(3)]
    public float[] Values { get; set; } = [];
}

public sealed class Empty
{
}

public sealed class PathRow
{
    public string Path { get; set; } = "";
}
