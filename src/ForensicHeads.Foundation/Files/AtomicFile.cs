using System.Text;

namespace ForensicHeads.Foundation.Files;

/// <summary>Writes files that are either whole or absent: temporary file in the same folder, flush to disk, rename.</summary>
public static class AtomicFile
{
    /// <summary>Writes all bytes to a file below a folder.</summary>
    /// <inheritdoc cref="Write(string, string, Action{Stream})"/>
    public static void WriteBytes(string folder, string name, ReadOnlyMemory<byte> bytes) =>
        Write(folder, name, stream => stream.Write(bytes.Span));

    /// <summary>Writes all bytes to a file that a person chose.</summary>
    /// <inheritdoc cref="Write(string, string, Action{Stream})"/>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Writes UTF-8 text without a byte order mark to a file below a folder.</summary>
    /// <inheritdoc cref="Write(string, string, Action{Stream})"/>
    public static void WriteText(string folder, string name, string text) => WriteBytes(folder, name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes UTF-8 text without a byte order mark to a file that a person chose.</summary>
    /// <inheritdoc cref="Write(string, string, Action{Stream})"/>
    public static void WriteText(string path, string text) => WriteBytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>As below, for a path that a person chose as a whole.</summary>
    /// <inheritdoc cref="Write(string, string, Action{Stream})"/>
    public static void Write(string path, Action<Stream> fill)
    {
        var chosen = ChosenPath.Of(path);
        Write(chosen.Folder, chosen.Name, fill);
    }

    /// <summary>Copies a file below one folder to the same name below another, byte for byte.</summary>
    /// <param name="from">The folder that has it.</param>
    /// <param name="to">The folder that gets it.</param>
    /// <param name="name">The file's name below both, with forward slashes.</param>
    /// <inheritdoc cref="Write(string, string, Action{Stream})"/>
    public static void Copy(string from, string to, string name) => Write(to, name, stream =>
    {
        using var source = PlainFile.Open(from, name);
        source.CopyTo(stream);
    });

    /// <summary>Lets <paramref name="fill"/> write to a temporary file, then gives it its name.</summary>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="name">The file's name below it, with forward slashes.</param>
    /// <param name="fill">Writes the content.</param>
    /// <exception cref="UserErrorException">The disk is full, the folder cannot be written, or the name leads out of it; nothing is left
    /// under the final name.</exception>
    public static void Write(string folder, string name, Action<Stream> fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var temporary = TemporaryName(name);
        try
        {
            using (var stream = OwnFiles.Open(folder, temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                fill(stream);
                stream.Flush(flushToDisk: true);
            }

            OwnFiles.Move(folder, temporary, name);
        }
        catch (Exception error)
        {
            OwnFiles.TryDelete(folder, temporary);
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new UserErrorException(
                    $"Cannot write {Path.GetFullPath(Path.Combine(folder, name))}: {error.Message.TrimEnd('.')}. "
                    + WriteFault.Remedy(error), inner: error);
            }

            throw;
        }
    }

    /// <summary>A name beside <paramref name="path"/> for a file that is still being written, also by somebody else (a child process,
    /// say).</summary>
    public static string TemporaryName(string path) => $"{path}.tmp-{Environment.ProcessId}-{Guid.NewGuid():N}{Path.GetExtension(path)}";
}
