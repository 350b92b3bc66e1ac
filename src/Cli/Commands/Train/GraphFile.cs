using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Cli;

/// <summary>Network graphs in JSON files.</summary>
internal static class GraphFile
{
    private const long MaximumLength = 1 << 26;

    /// <summary>Reads what <see cref="NetworkGraph.ToJson"/> or <c>imt summary --json</c> wrote.</summary>
    /// <exception cref="FormatException">It is not the JSON of a graph, or no regular file; the message names the file.</exception>
    public static NetworkGraph Read(string path)
    {
        RegularFile.Require(path, MaximumLength);
        try
        {
            return NetworkGraph.FromJson(File.ReadAllText(path));
        }
        catch (FormatException exception)
        {
            throw new FormatException($"'{path}': {exception.Message}", exception);
        }
    }
}
