using System.Text;

namespace ForensicHeads.Foundation;

/// <summary>Writes files that are either whole or absent: temporary file in the same folder, flush to disk, rename.</summary>
public static class AtomicFile
{
    /// <summary>Writes all bytes.</summary>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Writes UTF-8 text without a byte order mark.</summary>
    public static void WriteText(string path, string text) => WriteBytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Lets <paramref name="fill"/> write to a temporary file, then renames it to <paramref name="path"/>.</summary>
    /// <exception cref="UserErrorException">The disk is full or the folder cannot be written; nothing is left under the final name.</exception>
    public static void Write(string path, Action<Stream> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        var temporary = TemporaryName(full);
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                fill(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception error)
        {
            TryDelete(temporary);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException($"Cannot write {full}: {error.Message.TrimEnd('.')}. Free some space or choose another --out, then run the command again.", inner: error);
            }

            throw;
        }
    }

    /// <summary>A name beside <paramref name="path"/> for a file that is still being written by somebody else (a child process, say).</summary>
    public static string TemporaryName(string path) => $"{path}.tmp-{Environment.ProcessId}-{Guid.NewGuid():N}{Path.GetExtension(path)}";

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The write's own error is the one to report.
        }
    }
}
