using System.Text;

namespace MlNetImageTranslation.Cli;

/// <summary>Standard output, whose errors say that it is standard output: the system's do not.</summary>
internal sealed class StandardOutput(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Named(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Named(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Named(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Named(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Named(inner.Flush);

    /// <summary>Does a piece of writing.</summary>
    /// <exception cref="IOException">It failed; the message names standard output.</exception>
    public static void Named(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What the system calls a bad descriptor, .NET calls denied access.
            string why = exception is UnauthorizedAccessException ? "it is closed" : exception.Message;
            throw new IOException($"Standard output cannot be written to: {why}", exception);
        }
    }
}
