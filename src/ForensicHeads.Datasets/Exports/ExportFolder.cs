using System.Globalization;
using System.Text;
using nietras.SeparatedValues;

namespace ForensicHeads.Datasets.Exports;

/// <summary>The folder that an export fills.</summary>
/// <param name="path">The folder.</param>
/// <param name="store">Where the pictures are.</param>
/// <param name="progress">Counts frames.</param>
/// <param name="cancellation">Stops between two frames.</param>
public sealed class ExportFolder(string path, FrameStore store, IProgress<StepProgress>? progress, CancellationToken cancellation)
{
    private int written;

    /// <summary>Writes a text.</summary>
    public void Text(string name, string text) => AtomicFile.WriteText(path, name, text);

    /// <summary>Copies a file of the store, byte for byte.</summary>
    public void Copy(string name) => AtomicFile.Copy(store.Path, path, name);

    /// <summary>Writes the pictures of a sequence, <c>000.png</c> and on, as the store has them.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="below">The folder for its folder, with a slash at the end; empty for none.</param>
    /// <returns>The names below <paramref name="below"/>, in order.</returns>
    public IReadOnlyList<string> Frames(ExportSequence sequence, string below)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var names = new List<string>(sequence.Frames.Count);
        foreach (var frame in sequence.Frames)
        {
            cancellation.ThrowIfCancellationRequested();
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{sequence.Folder}/{names.Count:D3}.png"));
            AtomicFile.WriteBytes(path, below + names[^1], store.ReadPng(frame));
            if (++written % 256 == 0) progress?.Report(new StepProgress("exporting", written, store.Count, "frames"));
        }

        return names;
    }

    /// <summary>Writes a table with one row a frame: where it lies, and what is known of it.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="frames">Names of the pictures, relative to the file, with their sequences and rows.</param>
    public void Table(string name, IEnumerable<(string FileName, ExportSequence Sequence, FrameRecord Frame)> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        using var text = new StringWriter(new StringBuilder());
        using (var writer = Sep.New(',').Writer(options => options with { Escape = true }).To(text))
        {
            foreach (var (file, sequence, frame) in frames)
            {
                using var row = writer.NewRow();
                row[TableColumn.FileName.Name].Set(file);
                foreach (var (column, value) in Columns(sequence, frame)) row[column].Set(value);
            }
        }

        Text(name, text.ToString());
    }

    // What a reader of the table needs; all columns of the index are in the Croissant export.
    private static IEnumerable<(string Column, string Value)> Columns(ExportSequence sequence, FrameRecord frame)
    {
        string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
        return
        [
            (TableColumn.Label.Name, frame.Origin.Label.Text()), (TableColumn.Generator.Name, frame.Origin.Generator ?? ""),
            ("mode", frame.Origin.Mode?.Text() ?? ""), ("shots", $"{frame.Origin.Shots}"), (TableColumn.Identity.Name, frame.Identity),
            (TableColumn.Driver.Name, frame.DriverIdentity ?? ""), ("video", frame.Video), ("track", $"{frame.Track}"),
            ("frame_number", $"{frame.FrameNumber}"), ("time_s", Number(frame.TimeS)), (TableColumn.Part.Name, sequence.Part),
            (TableColumn.Group.Name, frame.Group), (TableColumn.Collection.Name, frame.Collection ?? ""),
            ("compression", frame.Compression ?? ""), ("condition", frame.Condition ?? ""),
            (TableColumn.Licence.Name, frame.Licence), ("may_generate", frame.MayGenerate ? "yes" : "no"),
            ("source_sha256", frame.SourceSha256),
        ];
    }
}
