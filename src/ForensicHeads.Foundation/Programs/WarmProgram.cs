using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace ForensicHeads.Foundation.Programs;

/// <summary>A program of others that is started once and asked many times: a line of JSON for every job on its standard input, a line of
/// JSON as the answer, so that loading weights is paid once. It is started again after a failure.</summary>
/// <param name="command">How it is started; placeholders stand in the jobs, not here.</param>
public sealed class WarmProgram(ForeignCommand command) : IDisposable
{
    // Answers that nobody asked for are lost beyond these.
    private const int MostWaiting = 16;

    private const int LongestLine = 64 << 10;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private RunningProgram? running;
    private Channel<string> answers = Answers();
    private ProgramLog log = new();

    /// <summary>Does one job; one at a time.</summary>
    /// <param name="job">What it is told, a text for every name.</param>
    /// <param name="said">Takes what it says meanwhile.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobFailedException">It cannot be started, ended, took too long, said no, or answered something else.</exception>
    public void Ask(IReadOnlyDictionary<string, string> job, ProgramLog said, CancellationToken cancellation)
    {
        lock (gate)
        {
            cancellation.ThrowIfCancellationRequested();
            log = said;
            WarmAnswer? answer = null;
            try
            {
                running ??= Start(job);
                while (answers.Reader.TryRead(out _)) log.Add("(an answer that was not asked for)\n"u8);
                running.Input.Write(Encoding.UTF8.GetBytes(CanonicalJson.ToLine(job) + "\n"));
                running.Input.Flush();
                answer = Answer(cancellation);
            }
            catch (IOException error)
            {
                throw new JobFailedException($"it ended before it was told its job{ForeignProgram.Said(log)}", error);
            }
            finally
            {
                if (answer is null) Stop(TimeSpan.Zero);
            }

            // A traceback is told by its end.
            if (!answer.Ok) throw new JobFailedException(
                $"it said no: {ProgramLog.LastLineOf(answer.Why ?? "") ?? "it did not say why"}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate) Stop(Farewell);
    }

    private RunningProgram Start(IReadOnlyDictionary<string, string> job)
    {
        var own = answers = Answers();
        return RunningProgram.Start(command, job, () => log, stream => Listen(stream, own.Writer));
    }

    private WarmAnswer Answer(CancellationToken cancellation)
    {
        var (reader, limit) = (answers.Reader, command.Limit);
        if (!reader.WaitToReadAsync(cancellation).AsTask().Wait(limit, cancellation))
            throw new JobFailedException(ForeignProgram.Ended(null, limit) + ForeignProgram.Said(log));
        if (!reader.TryRead(out var line))
            throw new JobFailedException(
                $"{ForeignProgram.Ended(running!.Finish(Farewell, cancellation), Farewell)} without an answer{ForeignProgram.Said(log)}");
        try
        {
            return JsonSerializer.Deserialize<WarmAnswer>(line, JsonSerializerOptions.Web) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new JobFailedException(
                $"it answered '{(line.Length <= 100 ? line : line[..100] + " …")}', where {{\"ok\": true}} or "
                + "{\"ok\": false, \"why\": \"…\"} is needed", error);
        }
    }

    private void Stop(TimeSpan patience)
    {
        if (running is null) return;
        try
        {
            running.Input.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }

        if (patience > TimeSpan.Zero) running.Finish(patience, CancellationToken.None);
        running.Dispose();
        running = null;
    }

    // Lines that begin like an object are answers; libraries print others, which belong to the log.
    private void Listen(Stream stream, ChannelWriter<string> answers)
    {
        try
        {
            var line = new List<byte>();
            var buffer = new byte[1 << 16];
            while (stream.Read(buffer) is var read and > 0)
            {
                foreach (var one in buffer.AsSpan(0, read))
                {
                    if (one != '\n' && line.Count < LongestLine)
                    {
                        line.Add(one);
                        continue;
                    }

                    Take(line, answers);
                    line.Clear();
                }
            }

            Take(line, answers);
        }
        finally
        {
            answers.TryComplete();
        }
    }

    private void Take(List<byte> line, ChannelWriter<string> answers)
    {
        if (line.Count == 0) return;
        if (line[0] == '{' && answers.TryWrite(Encoding.UTF8.GetString([.. line]))) return;
        log.Add([.. line, (byte)'\n']);
    }

    private static Channel<string> Answers() => Channel.CreateBounded<string>(MostWaiting);

    private sealed record WarmAnswer(bool Ok, string? Why = null);
}
