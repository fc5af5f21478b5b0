using System.ComponentModel;
using System.Diagnostics;

namespace ForensicHeads.Media.Decode;

/// <summary>A child process that is always ended: by itself, at its time limit, on cancellation, or on disposal.</summary>
internal sealed class ChildProgram : IDisposable
{
    private readonly Process process;
    private readonly CancellationTokenSource alarm;
    private readonly CancellationTokenSource deadline;
    private readonly CancellationTokenRegistration killer;
    private readonly Task reading;
    private readonly TimeSpan limit;
    private readonly TimeProvider clock;
    private readonly long started;

    private ChildProgram(Process process, TimeSpan limit, Action<string> onErrorLine, TimeProvider clock, CancellationToken cancellation)
    {
        (this.process, this.limit, this.clock) = (process, limit, clock);
        started = clock.GetTimestamp();
        alarm = new CancellationTokenSource(limit, clock);
        deadline = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellation);
        killer = deadline.Token.Register(Kill);
        // A thread of its own: with a busy pool the frames' times would come late.
        reading = Task.Factory.StartNew(
            () => ReadErrors(onErrorLine), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    internal Stream Output => process.StandardOutput.BaseStream;

    internal Stream Input => process.StandardInput.BaseStream;

    /// <summary>True once the time limit or the caller's cancellation has ended it.</summary>
    internal bool Stopped => deadline.IsCancellationRequested;

    /// <summary>Stops it when the time limit has passed. The timer does the same, but comes late when the thread pool is busy.</summary>
    internal void StopWhenOverdue()
    {
        if (!Stopped && clock.GetElapsedTime(started) >= limit) deadline.Cancel();
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">Time after which it is ended.</param>
    /// <param name="onErrorLine">Takes what it complains of.</param>
    /// <param name="feedsInput">Whether the caller writes to its input.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="folder">Its working folder, or null.</param>
    /// <param name="memory">Memory it may take in bytes; 0 for no bound.</param>
    /// <param name="clock">What the limit is measured by, or null for the system's.</param>
    internal static ChildProgram Start(
        string program,
        IEnumerable<string> arguments,
        TimeSpan limit,
        Action<string> onErrorLine,
        bool feedsInput,
        CancellationToken cancellation,
        string? folder = null,
        long memory = 0,
        TimeProvider? clock = null)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            if (memory > 0) MemoryLimit.Set(process, memory);
            if (!feedsInput) process.StandardInput.Close();
            return new ChildProgram(process, limit, onErrorLine, clock ?? TimeProvider.System, cancellation);
        }
        catch (Win32Exception error)
        {
            throw new UserErrorException(
                $"The program {program} cannot be started: {error.Message}. Install it (on Debian and Ubuntu: apt-get install ffmpeg).",
                inner: error);
        }
    }

    /// <summary>Waits for the end and for the last error line; gives the exit code.</summary>
    internal int Finish()
    {
        process.WaitForExit();
        reading.Wait();
        return process.ExitCode;
    }

    public void Dispose()
    {
        Kill();
        process.WaitForExit();
        reading.Wait();
        killer.Dispose();
        deadline.Dispose();
        alarm.Dispose();
        process.Dispose();
    }

    /// <summary>Ends it at once; harmless when it has ended.</summary>
    internal void Kill()
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It ended in between.
        }
    }

    private void ReadErrors(Action<string> onErrorLine)
    {
        try
        {
            while (process.StandardError.ReadLine() is { } line) onErrorLine(line);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The pipe broke with the process.
        }
    }
}
