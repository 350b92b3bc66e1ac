namespace MlNetImageTranslation.Export.Tests;

/// <summary>The Python scripts beside this file.</summary>
internal static class Resources
{
    public static string Script(string name)
    {
        using var reader = new StreamReader(typeof(Resources).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
