namespace MlNetImageTranslation.Export;

/// <summary>
/// Makes a model complete in itself: values that lie in other files are read into it, and the nodes of its local
/// functions take the place of the nodes that call them. It gives the same result.
/// </summary>
internal static class OnnxCompletion
{
    /// <summary>Whether a model can be made more complete than it is.</summary>
    public static bool IsNeeded(OnnxModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ExternalTensor is not null || model.Functions.Count > 0;
    }

    /// <summary>The complete model.</summary>
    /// <param name="model">The model's bytes.</param>
    /// <param name="file">The file that they come from, whose folder holds the other files; null for a model in memory,
    /// whose external values stay where they are.</param>
    /// <param name="maximumOperators">The most operators that it may have then.</param>
    /// <remarks>
    /// Files are read only inside the model's own folder; where the model is reached by a link, the folder that it is
    /// really in is one too. A function that is written in other versions of operators than the model stays a function.
    /// </remarks>
    /// <exception cref="FormatException">The bytes are not an ONNX model; or a value's file is named by a path that
    /// leads out of the model's folder, is missing or too short; or a function calls itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException">With its functions written out, the model has more than
    /// <paramref name="maximumOperators"/> operators.</exception>
    /// <exception cref="OverflowException">It would have 2 GiB or more.</exception>
    public static byte[] Complete(ReadOnlySpan<byte> model, string? file, int maximumOperators)
    {
        var document = OnnxMessages.Parse(model);
        if (file is not null)
            new ExternalData(file).ReadInto(document);
        if (document.Functions.Count > 0)
            new FunctionInliner(document, maximumOperators).Inline();
        return OnnxMessages.ToArray(document);
    }
}
