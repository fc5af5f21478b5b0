using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ForensicHeads.Foundation.Programs;

/// <summary>A program of others while it runs. It is ended with everything that it started, whoever its parent is by then: all of them
/// carry a mark in their environment.</summary>
internal sealed class RunningProgram : IDisposable
{
    private const string Mark = "FORENSICHEADS_JOB";
    private const int MostRounds = 50;

    // What it started may hold the pipes where no mark can be looked for.
    private static readonly TimeSpan ForTheRest = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly byte[] mark;
    private readonly Task reading;

    private RunningProgram(Process process, string mark, Action<Stream> output, Func<ProgramLog> log)
    {
        this.process = process;
        this.mark = Encoding.UTF8.GetBytes($"{Mark}={mark}");
        // Threads of their own: a busy pool must not keep a program waiting.
        reading = Task.WhenAll(
            Task.Factory.StartNew(() => Read(output, process.StandardOutput.BaseStream), TaskCreationOptions.LongRunning),
            Task.Factory.StartNew(() => Read(stream => Drain(stream, bytes => log().Complain(bytes)), process.StandardError.BaseStream),
                TaskCreationOptions.LongRunning));
    }

    /// <summary>Where it reads from.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="command">How.</param>
    /// <param name="values">What stands for the placeholders.</param>
    /// <param name="log">The log that now takes what it complains of.</param>
    /// <param name="output">Reads what it writes; null for the log, and nothing to read for it.</param>
    /// <exception cref="JobFailedException">It cannot be started.</exception>
    public static RunningProgram Start(ForeignCommand command, IReadOnlyDictionary<string, string> values, Func<ProgramLog> log,
        Action<Stream>? output = null)
    {
        var words = command.With(values);
        var mark = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = command.Folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Variables()) start.Environment[name] = value;
        start.Environment[Mark] = mark;
        try
        {
            var process = Process.Start(start) ?? throw new JobFailedException($"{words[0]} did not start");
            // Nobody is there to answer what it asks.
            if (output is null) process.StandardInput.Close();
            return new RunningProgram(process, mark, output ?? (stream => Drain(stream, bytes => log().Add(bytes))), log);
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            throw new JobFailedException($"{words[0]} cannot be started: {error.Message}", error);
        }
    }

    /// <summary>Waits for its end, and ends what it left running.</summary>
    /// <returns>Its exit code; null where it took too long and was ended.</returns>
    public int? Finish(TimeSpan limit, CancellationToken cancellation)
    {
        using var stop = cancellation.Register(() => Kill(process));
        var ended = process.WaitForExit(limit);
        End();
        process.WaitForExit();
        reading.Wait(ForTheRest, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return ended ? process.ExitCode : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        process.WaitForExit();
        reading.Wait(ForTheRest);
        process.Dispose();
    }

    private void End()
    {
        Kill(process);
        // Who starts others while these are ended is found in the next round.
        for (var round = 0; round < MostRounds && Marked() is { Length: > 0 } left; round++)
            foreach (var one in left) Kill(one);
    }

    private Process[] Marked() => !OperatingSystem.IsLinux() ? []
        : [.. Process.GetProcesses().Where(other => other.Id != Environment.ProcessId && Carries(other.Id))];

    private bool Carries(int process)
    {
        try
        {
            return PlainFile.ReadBytes($"/proc/{process}/environ").AsSpan().IndexOf(mark) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or UserErrorException)
        {
            // Ended in between, or somebody else's.
            return false;
        }
    }

    internal static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended in between.
        }
    }

    private static void Read(Action<Stream> output, Stream stream)
    {
        try
        {
            output(stream);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The pipe broke with the process.
        }
    }

    private static void Drain(Stream stream, Action<ReadOnlySpan<byte>> take)
    {
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is var read and > 0) take(buffer.AsSpan(0, read));
    }
}
