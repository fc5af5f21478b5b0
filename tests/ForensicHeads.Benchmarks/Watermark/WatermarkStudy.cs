using System.Globalization;

namespace ForensicHeads.Benchmarks.Watermark;

/// <summary>How often the watermark is found in exported clips after half size and CRF 28, and how often in clips that have none.</summary>
internal static class WatermarkStudy
{
    /// <summary>Runs the study and prints it.</summary>
    public static int Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("forensicheads-watermark-");
        try
        {
            var options = WatermarkStudyOptions.Parse(args);
            var other = Path.Combine(folder.FullName, "key");
            File.WriteAllText(other, "somebody else's key, of this study alone");
            if (options.Clips > 0) Found([.. ExportedClips.Run(options, [WatermarkKey.Public, WatermarkKey.Load(other)], folder.FullName)]);
            if (options.Unmarked > 0) FalseAlarms([.. UnmarkedClips.Scores(options, WatermarkKey.Public)], options);
            return 0;
        }
        catch (UserErrorException error)
        {
            Console.Error.WriteLine(error.Message);
            return error.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Found(ClipResult[] clips)
    {
        Say($"exported clips: {clips.Length}; threshold z = {WatermarkDetector.Threshold}");
        Say($"PSNR marked against unmarked: {Spread([.. clips.Select(clip => clip.Psnr)])} dB");
        Line("as exported", clips, clip => clip.Export, key: 0);
        Line("half size, CRF 28", clips, clip => clip.Copy, key: 0);
        Line("half size, CRF 28, another key", clips, clip => clip.Copy, key: 1);
        Say($"verdicts as exported: {Verdicts(clips.Select(clip => clip.Export))}");
        Say($"verdicts of the copies: {Verdicts(clips.Select(clip => clip.Copy))}");
    }

    private static void FalseAlarms(double[] scores, WatermarkStudyOptions options)
    {
        var alarms = scores.Count(z => z >= WatermarkDetector.Threshold);
        Say($"unmarked clips of 3 to 8 frames ({options.Store ?? "rendered"}), half size{(options.Codec ? ", CRF 28" : "")}: false alarms {alarms} of {scores.Length}; z {Spread(scores)}");
    }

    private static void Line(string name, ClipResult[] clips, Func<ClipResult, ProvenanceFinding> of, int key)
    {
        var marks = clips.Select(clip => of(clip).Watermarks[key]).ToArray();
        Say($"{name}: found {marks.Count(mark => mark.Found)} of {marks.Length}; z {Spread([.. marks.Select(mark => mark.Z)])}");
    }

    private static string Verdicts(IEnumerable<ProvenanceFinding> findings) =>
        string.Join(", ", findings.GroupBy(finding => finding.Verdict).OrderBy(group => group.Key).Select(group => FormattableString.Invariant($"{group.Key} {group.Count()}")));

    private static string Spread(double[] values) =>
        string.Create(CultureInfo.InvariantCulture, $"{values.Min():0.00} … {values.Max():0.00}, median {values.Order().ElementAt(values.Length / 2):0.00}");

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
