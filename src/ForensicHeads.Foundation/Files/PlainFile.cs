using System.Diagnostics;
using System.Text;

namespace ForensicHeads.Foundation.Files;

/// <summary>The one way to open a file that came in a folder: it is a plain file, no link leads to it, and it is read up to a limit of
/// bytes and time.</summary>
public static class PlainFile
{
    /// <summary>Longest file that is read into memory, in bytes; a store's largest sidecar has a hundredth of it.</summary>
    public const long UsualBytes = 256L << 20;

    // Files that outlast it lie on a disk that is no use for work either.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Whether something stands under the name; <see cref="Open(string, string)"/> says whether it can be read.</summary>
    public static bool IsThere(string folder, string name) => FileKinds.Of(FolderPath.Of(folder, name)) != FileKind.Missing;

    /// <summary>Opens a file of a folder for reading.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Its name below it, with forward slashes.</param>
    /// <exception cref="UserErrorException">It is a link, a pipe or device, or lies outside.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static FileStream Open(string folder, string name)
    {
        var path = FolderPath.Of(folder, name);
        Require(FileKinds.Of(path), path);
        return Stream(path);
    }

    /// <summary>Opens a file that the user named: a link is followed, for the user chose it; what is no file is not waited for.</summary>
    /// <inheritdoc cref="Open(string, string)"/>
    public static FileStream Open(string path)
    {
        // What a shell puts in place of <(…) is the user's own pipe.
        if (!path.StartsWith("/dev/", StringComparison.Ordinal)) Require(FileKinds.OfTarget(path), path);
        return Stream(path);
    }

    /// <summary>All bytes of a file of a folder.</summary>
    /// <exception cref="UserErrorException">As <see cref="Open(string, string)"/>, or longer than <paramref name="most"/>.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static byte[] ReadBytes(string folder, string name, long most = UsualBytes)
    {
        using var stream = Open(folder, name);
        return ToEnd(stream, most);
    }

    /// <summary>All bytes of a file that the user named.</summary>
    /// <inheritdoc cref="ReadBytes(string, string, long)"/>
    public static byte[] ReadBytes(string path, long most = UsualBytes)
    {
        using var stream = Open(path);
        return ToEnd(stream, most);
    }

    /// <summary>The text of a file of a folder, as UTF-8.</summary>
    /// <inheritdoc cref="ReadBytes(string, string, long)"/>
    public static string ReadText(string folder, string name, long most = UsualBytes) => Text(ReadBytes(folder, name, most));

    /// <summary>The text of a file that the user named, as UTF-8.</summary>
    /// <inheritdoc cref="ReadBytes(string, string, long)"/>
    public static string ReadText(string path, long most = UsualBytes) => Text(ReadBytes(path, most));

    /// <summary>The lines of a file of a folder, without line ends.</summary>
    /// <inheritdoc cref="ReadBytes(string, string, long)"/>
    public static IReadOnlyList<string> ReadLines(string folder, string name, long most = UsualBytes)
    {
        var lines = ReadText(folder, name, most).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    /// <summary>Does what reads a file; says in one sentence why that cannot be done.</summary>
    /// <param name="what">What cannot be read then: <c>the split a.json</c>.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="advice">What to do, a sentence; null for nothing.</param>
    /// <param name="exitCode">Of the error.</param>
    /// <exception cref="UserErrorException">It is missing or cannot be read.</exception>
    public static T Reading<T>(string what, Func<T> read, string? advice = null, int exitCode = 1)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"Cannot read {what}: {(advice is null ? error.Message : $"{error.Message.TrimEnd('.')}. {advice}")}", exitCode, error);
        }
    }

    /// <summary>Whether a plain file lies under the name, of these bytes.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Its name below it.</param>
    /// <param name="sha256">SHA-256 that it must have.</param>
    public static bool Is(string folder, string name, string? sha256) =>
        FileKinds.Of(FolderPath.Of(folder, name)) == FileKind.Plain && Hash(folder, name) == sha256;

    /// <summary>SHA-256 of a file of a folder.</summary>
    /// <inheritdoc cref="Open(string, string)"/>
    public static string Hash(string folder, string name)
    {
        using var stream = Open(folder, name);
        return Hashes.Of(stream);
    }

    private static FileStream Stream(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    private static string Text(byte[] bytes)
    {
        var mark = Encoding.UTF8.Preamble;
        return Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(mark) ? bytes.AsSpan(mark.Length) : bytes);
    }

    private static void Require(FileKind kind, string path)
    {
        if (kind == FileKind.Plain) return;
        if (kind == FileKind.Missing) throw new FileNotFoundException($"There is no file {path}", path);
        var what = kind switch
        {
            FileKind.Link => "a link, which may lead out of its folder",
            FileKind.Folder => "a folder",
            _ => "a pipe, socket or device",
        };
        throw new UserErrorException($"{path} is {what}; only plain files are read. Put the file itself there.");
    }

    // What the file system says of the length is not believed.
    private static byte[] ToEnd(FileStream stream, long most)
    {
        var began = Stopwatch.GetTimestamp();
        using var bytes = new MemoryStream((int)Math.Clamp(stream.CanSeek ? stream.Length : 0, 0, 1 << 20));
        var buffer = new byte[1 << 16];
        while (stream.Read(buffer) is var read and > 0)
        {
            if (bytes.Length
                + read > most) throw new UserErrorException(
                $"{stream.Name} has more than {most} bytes; no more are read. It is not what it should be: restore it or make it again.");
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new UserErrorException(
                $"{stream.Name} could not be read within {Patience.TotalSeconds:0} seconds. Copy it to a faster disk.");
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }
}
