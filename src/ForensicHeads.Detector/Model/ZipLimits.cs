using System.IO.Compression;

namespace ForensicHeads.Detector.Model;

/// <summary>What a zip archive from outside may hold before a library unpacks it: entries, bytes and ratio, counted by unpacking, not by
/// what the archive says of itself.</summary>
internal static class ZipLimits
{
    private const int MostEntries = 1000;
    private const long MostBytes = 1L << 30;
    private const long MostRatio = 200;

    // Short texts of zeros shrink to nothing; only what grows large can do harm.
    private const long FreeBytes = 16 << 20;

    /// <summary>Checks an archive.</summary>
    /// <exception cref="UserErrorException">A limit is passed, or an entry's name leads out of its folder.</exception>
    /// <exception cref="InvalidDataException">Not a zip archive, or a damaged one.</exception>
    public static void Check(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip, writable: false), ZipArchiveMode.Read);
        if (archive.Entries.Count > MostEntries) throw new UserErrorException(
            $"The archive has {archive.Entries.Count} entries; at most {MostEntries} are allowed. Do not use this detector.");
        var (total, buffer) = (0L, new byte[1 << 16]);
        foreach (var entry in archive.Entries)
        {
            if (Path.IsPathRooted(entry.FullName)
                || entry.FullName.Split('/', '\\')
                .Contains("..")) throw new UserErrorException(
                    $"The archive names '{entry.FullName}', which leads out of its folder. Do not use this detector.");
            using var stream = entry.Open();
            while (stream.Read(buffer) is var read and > 0)
            {
                total += read;
                if (total > MostBytes || (total > FreeBytes && total > MostRatio * zip.Length))
                {
                    throw new UserErrorException(
                        $"The archive of {zip.Length} bytes unpacks to more than {total}; at most {MostBytes}, and {MostRatio} times its "
                        + "own length, are allowed. Do not use this detector.");
                }
            }
        }
    }
}
