using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>A connection that sends and reads only as much as a test tells it to.</summary>
internal sealed class SlowVisitor : IDisposable
{
    private readonly TcpClient _client = new() { ReceiveBufferSize = 4096 };
    private NetworkStream _stream = null!;

    /// <summary>Sends the head of a request for a translation, and the first bytes of the image.</summary>
    public static async Task<SlowVisitor> SendAsync(WebSample sample, byte[] image, int bytes)
    {
        var visitor = new SlowVisitor();
        await visitor._client.ConnectAsync("127.0.0.1", sample.Address.Port);
        visitor._stream = visitor._client.GetStream();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /api/translate HTTP/1.1\r\nHost: x\r\nContent-Length: {image.Length}\r\n\r\n"
        );
        await visitor._stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await visitor._stream.WriteAsync(image.AsMemory(0, bytes));
        return visitor;
    }

    /// <summary>The line with the status, and nothing of what follows.</summary>
    public async Task<string> ReadStatusAsync() => await ReadLineAsync();

    /// <summary>Reads the rest of the head.</summary>
    /// <returns>The length of what follows.</returns>
    public async Task<long> ReadHeadersAsync()
    {
        var length = -1L;
        while (await ReadLineAsync() is { Length: > 0 } line)
            if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                length = long.Parse(line["Content-Length: ".Length..], CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>How many bytes come until the server closes the connection, or until so many have come.</summary>
    public async Task<long> ReadRestAsync(long atMost = long.MaxValue)
    {
        var buffer = new byte[1 << 16];
        var total = 0L;
        try
        {
            while (
                total < atMost
                && await _stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, atMost - total)))
                    is > 0
                        and var read
            )
                total += read;
        }
        catch (IOException)
        {
            // A connection that is reset has ended, too.
        }
        return total;
    }

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await _stream.ReadAsync(one) == 1 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString().TrimEnd();
    }

    public void Dispose() => _client.Dispose();
}
