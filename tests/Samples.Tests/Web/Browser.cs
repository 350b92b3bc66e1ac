using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Samples.Tests;

/// <summary>A headless Chromium with one page, driven over its DevTools socket.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private readonly Process _process;
    private readonly TemporaryFolder _profile;
    private readonly ClientWebSocket _socket = new();
    private int _lastId;

    private Browser(Process process, TemporaryFolder profile) => (_process, _profile) = (process, profile);

    /// <summary>Why there is none, or null.</summary>
    public static string? WhyMissing => File.Exists(Program) ? null : $"{Program} is not there; ./test.sh installs it.";

    public static async Task<Browser> StartAsync(int width = 1000)
    {
        var profile = new TemporaryFolder();
        var process = Process.Start(
            new ProcessStartInfo(
                Program,
                [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--remote-debugging-port=0",
                    $"--user-data-dir={profile.Path}",
                    "about:blank",
                ]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        var port = await ReadPortAsync(process);
        // What else it says is not of interest, but must not fill the pipe.
        _ = process.StandardError.ReadToEndAsync();
        var browser = new Browser(process, profile);
        using var client = new HttpClient();
        var targets = await client.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/json/list");
        var page = targets.EnumerateArray().First(target => target.GetProperty("type").GetString() == "page");
        await browser._socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), default);
        await browser.SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new
            {
                width,
                height = 900,
                deviceScaleFactor = 1,
                mobile = width < 500,
            }
        );
        return browser;
    }

    /// <summary>Goes to an address and waits until the page's script has run.</summary>
    public async Task OpenAsync(Uri address)
    {
        await SendAsync("Page.navigate", new { url = address.AbsoluteUri });
        // The document of the new address, not the one before it.
        while (
            !(
                await EvaluateAsync(
                    $"location.href === {JsonSerializer.Serialize(address.AbsoluteUri)} && document.readyState === 'complete'"
                )
            ).GetBoolean()
        ) { }
    }

    /// <summary>Presses and releases a key, by its DOM name.</summary>
    public async Task PressAsync(string key)
    {
        int windowsVirtualKeyCode = key switch
        {
            "ArrowRight" => 39,
            "Home" => 36,
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Expected a key that tests press."),
        };
        foreach (var type in new[] { "keyDown", "keyUp" })
            await SendAsync(
                "Input.dispatchKeyEvent",
                new
                {
                    type,
                    key,
                    code = key,
                    windowsVirtualKeyCode,
                }
            );
    }

    /// <summary>The value of a JavaScript expression; a promise is awaited.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate",
            new
            {
                expression,
                awaitPromise = true,
                returnByValue = true,
            }
        );
        if (answer.TryGetProperty("exceptionDetails", out var problem))
            throw new InvalidOperationException(problem.ToString());
        var result = answer.GetProperty("result");
        return result.TryGetProperty("value", out var value) ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        try
        {
            _profile.Dispose();
        }
        catch (IOException)
        {
            // A dying helper process of the browser may still write; the folder is under the system's temporary folder.
        }
    }

    private static async Task<int> ReadPortAsync(Process process)
    {
        const string mark = "DevTools listening on ";
        while (await process.StandardError.ReadLineAsync() is { } line)
            if (line.StartsWith(mark, StringComparison.Ordinal))
                return new Uri(line[mark.Length..]).Port;
        throw new InvalidOperationException($"{Program} ended with {process.ExitCode} before it listened.");
    }

    private async Task<JsonElement> SendAsync(string method, object parameters)
    {
        var id = ++_lastId;
        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    id,
                    method,
                    @params = parameters,
                }
            ),
            WebSocketMessageType.Text,
            endOfMessage: true,
            default
        );
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
                return message.TryGetProperty("result", out var result)
                    ? result
                    : throw new InvalidOperationException(message.ToString());
        }
    }

    private async Task<JsonElement> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, default);
            message.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        return JsonDocument.Parse(message.ToArray()).RootElement;
    }
}
