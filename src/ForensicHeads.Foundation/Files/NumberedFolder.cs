using System.Diagnostics;
using System.Globalization;

namespace ForensicHeads.Foundation.Files;

/// <summary>Folders that are numbered as they are made, <c>00001-name</c>, <c>00002-name</c>…, so that runs stand in the order of their
/// start.</summary>
public static class NumberedFolder
{
    private const string LockName = ".numbering";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes the next folder: one above the highest number there is. Two calls at once, of any processes, never get the same
    /// number.</summary>
    /// <param name="parent">The folder that holds them; made where it is missing.</param>
    /// <param name="name">What follows the number: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <returns>Full path of the new, empty folder.</returns>
    /// <exception cref="UserErrorException">The name has other characters, or the parent cannot be written.</exception>
    public static string Create(string parent, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!PathPart.IsPlain(name)) throw new UserErrorException($"'{name}' cannot name a run; allowed are {PathPart.Allowed}.",
            exitCode: 2);

        var root = Path.GetFullPath(parent);
        try
        {
            Directory.CreateDirectory(root);
            using var turn = TakeTurn(root);
            var last = Directory.EnumerateFileSystemEntries(root).Select(entry => NumberOf(Path.GetFileName(entry))).DefaultIfEmpty(0)
                .Max();
            return OwnFiles.CreateFolder(root, string.Create(CultureInfo.InvariantCulture, $"{last + 1:D5}-{name}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot make a numbered folder in {root}: {error.Message.TrimEnd('.')}. Choose another place.",
                inner: error);
        }
    }

    // The system gives the lock back when its holder ends, however it ends; the file itself stays, for a deleted one would lock nobody out.
    private static FileStream TakeTurn(string root)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return OwnFiles.Open(root, LockName, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(since) < Patience)
            {
                Thread.Sleep(5);
            }
        }
    }

    private static int NumberOf(string name) =>
        name.IndexOf('-', StringComparison.Ordinal) is var end and > 0
            && int.TryParse(name.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
