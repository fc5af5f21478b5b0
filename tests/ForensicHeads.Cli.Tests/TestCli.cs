using System.Diagnostics;
using System.Text;
using Spectre.Console;

namespace ForensicHeads.Cli.Tests;

/// <summary>Runs command lines in this process, with streams and a clock of the test's own and a folder that is removed at the
/// end.</summary>
internal sealed class TestCli : IDisposable
{
    // What a developer has fetched plays no part in any test.
    static TestCli() => Environment.SetEnvironmentVariable(
        "XDG_DATA_HOME", Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "forensicheads-nobody")).FullName);

    private readonly TestFolder folder = new();

    public string Folder => folder.Path;

    /// <summary>Called with every line of the error stream; may cancel.</summary>
    public Action<string, CancellationTokenSource>? OnMessage { get; set; }

    public string this[string name] => folder[name];

    public static CliContext Context(TextWriter output, TextWriter error, TimeProvider? time = null)
    {
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error), Ansi = AnsiSupport.No });
        return new CliContext(output, error, terminal, time ?? TimeProvider.System);
    }

    public async Task<CliResult> Run(params string[] args)
    {
        using var source = new CancellationTokenSource();
        using var output = new StringWriter();
        using var error = new WatchedWriter(line => OnMessage?.Invoke(line, source));
        var code = await CommandLine.RunAsync(args, Context(output, error, OnMessage is null ? null : new HastyTime()), source.Token);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    public async Task<CliResult> Succeed(params string[] args)
    {
        var result = await Run(args);
        Assert.True(result.Code == 0, $"{string.Join(' ', args)}: exit code {result.Code}: {result.Error}");
        return result;
    }

    /// <summary>The real program in a process of its own, whose output and errors are for the caller to read.</summary>
    public static Process Start(IEnumerable<string> words, Action<ProcessStartInfo>? change = null)
    {
        string[] all = [typeof(CommandLine).Assembly.Location, .. words];
        var start = new ProcessStartInfo("dotnet", all) { RedirectStandardError = true, RedirectStandardOutput = true };
        change?.Invoke(start);
        return Process.Start(start)!;
    }

    /// <summary>Runs the real program for somebody whose home is the test's folder: no models of the machine can be found.</summary>
    public async Task<CliResult> RunAtHome(params string[] args)
    {
        using var process = Start(args, start =>
        {
            start.Environment.Remove(ModelRegistry.EnvironmentVariable);
            start.Environment["XDG_DATA_HOME"] = Folder;
        });
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new CliResult(process.ExitCode, await output, await error);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Ten seconds pass between any two looks at the clock, so that every report becomes a line.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref now, 10);
    }

    private sealed class WatchedWriter(Action<string> onLine) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            onLine(value ?? "");
        }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
