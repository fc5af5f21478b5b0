using System.Text;
using System.Text.Json;

namespace ForensicHeads.Foundation.Evidence;

/// <summary>The append-only log of a run, <c>log.jsonl</c>: each line carries the hash of the one before it, the last lists every file of
/// the folder.</summary>
/// <remarks>
/// Each line is on the disk before the call returns. A later run in the same folder goes on with the chain; a last line that a power cut
/// tore is dropped, which is noted. A log that was changed is put aside, as <c>log-broken-….jsonl</c>, and a new one begins by naming it.
/// One process at a time holds a folder.
/// </remarks>
public sealed class EvidenceLog : IDisposable
{
    /// <summary>Name of the file.</summary>
    public const string Name = "log.jsonl";

    /// <summary>The event that lists every file.</summary>
    internal const string Files = "files";

    private const string KeptEvent = "kept";
    private const int FaultsNoted = 20;
    private readonly Lock guard = new();
    private readonly Dictionary<string, string> kept = new(StringComparer.Ordinal);
    private readonly string folder;
    private readonly string[] caches;
    private readonly TimeProvider time;
    private FileStream stream;
    private int lines;

    private EvidenceLog(string folder, FileStream stream, TimeProvider time, string[] caches)
    {
        (this.folder, this.stream, this.time, this.caches) = (folder, stream, time, caches);
    }

    /// <summary>Hash of the last line.</summary>
    public string Head { get; private set; } = EvidenceLine.NoHash;

    /// <summary>Opens the log of a folder, or begins one.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="mark">A file by which a folder is known as one of such runs, should its log be missing.</param>
    /// <param name="caches">Folders inside whose files are listed, too, but which may be removed whole without harm.</param>
    /// <exception cref="UserErrorException">Another run holds the folder; it holds other files; or it cannot be written.</exception>
    public static EvidenceLog Open(string folder, TimeProvider time, string mark, params string[] caches)
    {
        ArgumentNullException.ThrowIfNull(time);
        var full = Path.GetFullPath(folder);
        CheckFree(full, mark);
        var log = new EvidenceLog(full, OpenStream(full), time, caches);
        try
        {
            Leftovers.RemoveIn(full);
            log.GoOn();
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    // Whatever else lies in the folder would become part of the evidence.
    private static void CheckFree(string folder, string mark)
    {
        if (File.Exists(folder)) throw new UserErrorException($"{folder} is a file; a report needs a folder of its own. Choose another.",
            exitCode: 2);
        if (!Directory.Exists(folder) || PlainFile.IsThere(folder, Name) || PlainFile.IsThere(folder, mark)
            || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        throw new UserErrorException(
            $"{folder} is not empty and holds no {Name} or {mark} of an earlier run. Choose another folder, or empty it first.",
            exitCode: 2);
    }

    /// <summary>Appends an event.</summary>
    /// <param name="what">The kind of event, a word or two.</param>
    /// <param name="facts">An anonymous object or record; undefined values are null.</param>
    /// <exception cref="UserErrorException">The disk is full or cannot be written.</exception>
    public void Append(string what, object facts)
    {
        lock (guard) AppendLine(what, facts);
    }

    private void AppendLine(string what, object facts)
    {
        var (text, hash) = EvidenceLine.Compose(lines + 1, time.GetUtcNow(), what, facts, Head);
        var end = stream.Length;
        try
        {
            stream.Position = end;
            stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException error)
        {
            Shorten(end);
            throw Unwritable(folder, error);
        }

        (lines, Head) = (lines + 1, hash);
    }

    /// <summary>Appends the list of all files, which closes the run.</summary>
    public void Close(CancellationToken cancellation = default) =>
        Append(Files, new { files = EvidenceFiles.Of(folder, cancellation), caches });

    /// <summary>Notes a file of a finished step, so that a later run may use it again. Thread-safe.</summary>
    /// <param name="file">Path of a file below the log's folder.</param>
    /// <param name="sha256">Of its bytes.</param>
    public void NoteKept(string file, string sha256)
    {
        var name = NameOf(file);
        Append(KeptEvent, new { file = name, sha256 });
        lock (guard) kept[name] = sha256;
    }

    /// <summary>Whether a file of a finished step has the bytes that this log noted last. What was changed between two runs has not.
    /// Thread-safe.</summary>
    /// <inheritdoc cref="NoteKept"/>
    public bool IsKept(string file, string sha256)
    {
        lock (guard) return kept.GetValueOrDefault(NameOf(file)) == sha256;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private string NameOf(string file) => Path.GetRelativePath(folder, Path.GetFullPath(file));

    private void GoOn()
    {
        if (stream.Length > PlainFile.UsualBytes) throw new UserErrorException(
            $"{stream.Name} has {stream.Length} bytes; a log has at most {PlainFile.UsualBytes}. Choose another folder.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var chain = EvidenceChain.Read(bytes);
        if (chain.Fault is not null && !chain.IsTorn)
        {
            BeginAgain(bytes, chain.Fault);
            return;
        }

        foreach (var line in chain.Lines) Recall(line);
        lines = chain.Lines.Count;
        if (lines > 0) Head = chain.Lines[^1].Hash;
        if (chain.IsTorn)
        {
            stream.SetLength(chain.GoodBytes);
            Append("torn",
                new { dropped_bytes = bytes.Length - chain.GoodBytes, dropped_sha256 = Hashes.Of(bytes.AsSpan((int)chain.GoodBytes)) });
        }

        if (chain.Lines.Count > 0 && chain.Lines[^1].What == Files) NoteChanges(chain.Lines[^1]);
    }

    private void Recall(EvidenceLine line)
    {
        if (line.What == Files)
        {
            // Of a list only what no note speaks of: it lists what lay there at the end, whoever had changed it.
            foreach (var file in EvidenceFiles.Listed(line)) kept.TryAdd(file.Path, file.Sha256);
        }
        else if (line.What == KeptEvent && Text(line.Facts, "file") is { } name && Text(line.Facts, "sha256") is { } hash)
        {
            kept[name] = hash;
        }
    }

    private static string? Text(JsonElement facts, string name) =>
        facts.ValueKind == JsonValueKind.Object && facts.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    // What was done to a finished folder in between must not be signed by the next list of files without a word.
    private void NoteChanges(EvidenceLine list)
    {
        var (faults, _, removed) = EvidenceFiles.Compare(folder, list);
        Append("again",
            new
            {
                changes = faults.Count,
                first_changes = faults.Take(FaultsNoted).Select(fault => fault.Sentence),
                removed_caches = removed
            });
    }

    private void BeginAgain(byte[] bytes, EvidenceFault fault)
    {
        var hash = Hashes.Of(bytes);
        var name = $"log-broken-{hash[..12]}.jsonl";
        stream.Dispose();
        OwnFiles.Move(folder, Name, name);
        stream = OpenStream(folder);
        Append("broken log", new { fault = fault.Sentence, put_aside_as = name, sha256 = hash });
    }

    private void Shorten(long length)
    {
        try
        {
            stream.SetLength(length);
        }
        catch (IOException)
        {
            // The next run drops the torn line.
        }
    }

    private static FileStream OpenStream(string folder)
    {
        try
        {
            // Unbuffered: what no longer fits on a full disk must not be tried once more when the stream is closed.
            return OwnFiles.Open(folder, Name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, error);
        }
    }

    private static UserErrorException Unwritable(string folder, Exception error) =>
        new($"Cannot write {Path.Combine(folder, Name)}: {error.Message.TrimEnd('.')}. If another run uses the folder, wait for its end; "
            + "else free some space or choose another folder, then run the command again.", inner: error);
}
