using System.Text;
using ForensicHeads.Cli.Frame;
using Spectre.Console;

namespace ForensicHeads.Cli.Tests;

/// <summary>Runs command lines in this process, with streams and a clock of the test's own and a folder that is removed at the end.</summary>
internal sealed class TestCli : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("forensicheads-cli-").FullName;

    /// <summary>Called with every line of the error stream; may cancel.</summary>
    public Action<string, CancellationTokenSource>? OnMessage { get; set; }

    public string this[string name] => Path.Combine(Folder, name);

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

    public void Dispose() => Directory.Delete(Folder, recursive: true);

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
