namespace MlNetImageTranslation.Weights.Tests;

/// <summary>What must hold for every file, however damaged.</summary>
internal static class Safely
{
    /// <summary>
    /// Imports the file: it works, or it says by a FormatException what is wrong; memory stays in proportion to the
    /// file.
    /// </summary>
    /// <returns>The exception, or null.</returns>
    public static FormatException? Import(byte[] file, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Record.Exception(() => NetworkFile.Import(new MemoryStream(file)));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before,
            allowed = (32 << 20) + 64L * file.Length;
        Assert.True(exception is null or FormatException, $"{what}: {exception}");
        Assert.True(
            allocated < allowed,
            $"{what}: {allocated} bytes were allocated for a file of {file.Length}; expected at most {allowed}."
        );
        return (FormatException?)exception;
    }
}
