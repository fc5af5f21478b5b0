using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForensicHeads.Reporting.Tests.Html;

/// <summary>A headless Chromium spoken to over its DevTools protocol, offline; what it complains about is kept.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly Process process;
    private readonly string profile;
    private readonly ClientWebSocket socket = new();
    private readonly HashSet<string> seen = [];
    private string? session;
    private int last;

    private Browser(Process process, string profile) => (this.process, this.profile) = (process, profile);

    /// <summary>Errors of console, log and network since the last page.</summary>
    internal List<string> Complaints { get; } = [];

    /// <summary>Every address asked for since the last page, but <c>data:</c>.</summary>
    internal List<string> Requests { get; } = [];

    /// <summary>The installed Chromium, or null.</summary>
    internal static string? Find() =>
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    internal static async Task<Browser> StartAsync(string program, CancellationToken cancellation)
    {
        var profile = Directory.CreateTempSubdirectory("fh-browser").FullName;
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var word in new[] { "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--remote-debugging-port=0", $"--user-data-dir={profile}",
            "about:blank" }) start.ArgumentList.Add(word);
        var browser = new Browser(Process.Start(start)!, profile);
        // What it prints is read and dropped, or a full pipe would stop it.
        browser.process.BeginErrorReadLine();
        browser.process.BeginOutputReadLine();
        var file = Path.Combine(profile, "DevToolsActivePort");
        string[] lines;
        while ((lines = File.Exists(file) ? await File.ReadAllLinesAsync(file, cancellation) : []).Length < 2)
        {
            if (browser.process.HasExited) throw new InvalidOperationException($"{program} ended with {browser.process.ExitCode}.");
            await Task.Delay(50, cancellation);
        }

        await browser.socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), cancellation);
        var target = await browser.AskAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, cancellation);
        var attached = await browser.AskAsync("Target.attachToTarget",
            new JsonObject { ["targetId"] = target.GetProperty("targetId").GetString(), ["flatten"] = true }, cancellation);
        browser.session = attached.GetProperty("sessionId").GetString();
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" }) await browser.AskAsync(
            $"{domain}.enable", null, cancellation);
        await browser.AskAsync("Network.emulateNetworkConditions",
            new JsonObject { ["offline"] = true, ["latency"] = 0, ["downloadThroughput"] = 0, ["uploadThroughput"] = 0 }, cancellation);
        return browser;
    }

    /// <summary>Opens a page in a window of that width and colour scheme and waits until it is loaded.</summary>
    internal async Task OpenAsync(string path, int width, string scheme, CancellationToken cancellation)
    {
        await AskAsync("Emulation.setDeviceMetricsOverride",
            new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false }, cancellation);
        await AskAsync("Emulation.setEmulatedMedia",
            new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }) },
            cancellation);
        Complaints.Clear();
        Requests.Clear();
        seen.Clear();
        await AskAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri }, cancellation);
        while (!seen.Contains("Page.loadEventFired")) await ReadAsync(cancellation);
    }

    internal async Task<double> NumberAsync(string expression, CancellationToken cancellation) =>
        (await AskAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }, cancellation))
            .GetProperty("result").GetProperty("value").GetDouble();

    internal async Task<string> TextAsync(string expression, CancellationToken cancellation) =>
        (await AskAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true }, cancellation))
            .GetProperty("result").GetProperty("value").GetString()!;

    /// <summary>A picture of a part of the page, in CSS pixels from its top.</summary>
    internal async Task<byte[]> PictureAsync(double top, double width, double height, CancellationToken cancellation) =>
        (await AskAsync("Page.captureScreenshot",
            new JsonObject
            {
                ["captureBeyondViewport"] = true,
                ["clip"] = new JsonObject { ["x"] = 0, ["y"] = top, ["width"] = width, ["height"] = height, ["scale"] = 1 }
            }, cancellation))
            .GetProperty("data").GetBytesFromBase64();

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // A child may still be closing a file of a folder that the system clears anyway.
        }
    }

    private async Task<JsonElement> AskAsync(string method, JsonObject? parameters, CancellationToken cancellation)
    {
        var id = ++last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null) message["sessionId"] = session;
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, cancellation);
        while (true)
        {
            var answer = await ReadAsync(cancellation);
            if (!answer.TryGetProperty("id", out var of) || of.GetInt32() != id) continue;
            return answer.TryGetProperty("error", out var error) ? throw new InvalidOperationException($"{method}: {error}")
                : answer.GetProperty("result");
        }
    }

    private async Task<JsonElement> ReadAsync(CancellationToken cancellation)
    {
        using var stream = new MemoryStream();
        var buffer = new byte[1 << 16];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation);
            stream.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        using var document = JsonDocument.Parse(stream.ToArray());
        var message = document.RootElement.Clone();
        if (message.TryGetProperty("method", out var method)) Note(method.GetString()!, message.GetProperty("params"));
        return message;
    }

    private void Note(string method, JsonElement event_)
    {
        seen.Add(method);
        if (method is "Network.loadingFailed" or "Runtime.exceptionThrown") Complaints.Add(event_.ToString());
        if (method == "Log.entryAdded" && event_.GetProperty("entry").GetProperty("level").GetString() == "error") Complaints.Add(
            event_.ToString());
        if (method == "Runtime.consoleAPICalled" && event_.GetProperty("type").GetString() is "error" or "assert") Complaints.Add(
            event_.ToString());
        if (method == "Network.requestWillBeSent" && event_.GetProperty("request").GetProperty("url").GetString() is { } url
            && !url.StartsWith("data:", StringComparison.Ordinal)) Requests.Add(url);
    }
}
