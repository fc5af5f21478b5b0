using System.Globalization;
using Google.Protobuf;

namespace ForensicHeads.Generator.Watching;

/// <summary>The events of a run as TensorBoard reads them: <c>events.out.tfevents.*</c> in the run's folder, a new file for each start and
/// resume.</summary>
/// <remarks>Records of TensorFlow's <c>Event</c> message, see <c>event.proto</c>.</remarks>
public sealed class EventFile : IDisposable
{
    internal const string Prefix = "events.out.tfevents.";

    // By it ours are told from those of other programs in the folder.
    private const string Suffix = ".forensicheads";
    private const int Rgb = 3;
    private readonly string folder;
    private readonly TimeProvider time;
    private FileStream? stream;

    /// <summary>Prepares a file in a folder; it is made with the first event.</summary>
    public EventFile(string folder, TimeProvider time)
    {
        this.folder = folder;
        this.time = time;
    }

    /// <summary>Appends one event, which a watching TensorBoard sees at once.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scalars">Tag and value of each curve.</param>
    /// <param name="samples">A picture for the tag <c>samples</c>, or null.</param>
    /// <exception cref="UserErrorException">The disk is full, or the folder cannot be written.</exception>
    public void Write(long step, IEnumerable<KeyValuePair<string, double>> scalars, SampleDrawing? samples = null)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        var summary = new Summary();
        foreach (var (tag, value) in scalars) summary.Value.Add(new Summary.Types.Value { Tag = tag, SimpleValue = (float)value });
        if (samples is not null)
        {
            var image = new Summary.Types.Image { Height = samples.Height, Width = samples.Width, Colorspace = Rgb };
            image.EncodedImageString = ByteString.CopyFrom(samples.Png);
            summary.Value.Add(new Summary.Types.Value { Tag = "samples", Image = image });
        }

        try
        {
            stream ??= Open();
            RecordFrame.Write(stream, new Event { WallTime = Now(), Step = step, Summary = summary }.ToByteArray());
            stream.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot write events to {folder}: {error.Message.TrimEnd('.')}. {WriteFault.Remedy(error, RunLog.Next)}", inner: error);
        }
    }

    /// <summary>Takes the events of steps after the given one out of every file, as a run resumed there writes them again; a file left
    /// without any goes.</summary>
    public static void DropAfter(string folder, long step)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix))
        {
            using var events = OwnFiles.Open(folder, Path.GetFileName(file), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            var (kept, end) = (0, 0L);
            while (RecordFrame.Read(events) is { } record && StepOf(record) <= step)
            {
                kept++;
                end = events.Position;
            }

            events.SetLength(end);
            events.Close();

            // The first record of a file only names the format.
            if (kept <= 1) OwnFiles.Delete(folder, Path.GetFileName(file));
        }
    }

    /// <summary>Whether a file of a folder is one of events from its first byte to its last.</summary>
    internal static bool IsWhole(string folder, string name)
    {
        using var events = PlainFile.Open(folder, name);
        var records = 0;
        while (RecordFrame.Read(events) is not null) records++;
        return records > 0 && events.Position == events.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => stream?.Dispose();

    private FileStream Open()
    {
        // TensorBoard reads the files of a folder in the order of their names: the count keeps it where the clock was set back.
        var files = Directory.EnumerateFiles(folder, Prefix + "*").Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        if (files.Length > 0 && long.TryParse(files[^1]!.Split('.')[3], NumberStyles.None, CultureInfo.InvariantCulture, out var newest))
            seconds = Math.Max(seconds, newest + 1);
        var file = OwnFiles.Open(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seconds:D10}{Suffix}"), FileMode.CreateNew,
            FileAccess.Write, FileShare.Read);
        RecordFrame.Write(file, new Event { WallTime = Now(), FileVersion = "brain.Event:2" }.ToByteArray());
        return file;
    }

    private double Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    // The first record of a file has no step; what has no time is not ours.
    private static long StepOf(byte[] record)
    {
        try
        {
            var ours = Event.Parser.ParseFrom(record);
            return ours.HasWallTime ? ours.Step : long.MaxValue;
        }
        catch (InvalidProtocolBufferException)
        {
            return long.MaxValue;
        }
    }
}
