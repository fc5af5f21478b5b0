using ForensicHeads.Foundation;
using ForensicHeads.Statistics;

namespace ForensicHeads.Reporting.Results;

/// <summary>Means over one person's frames of one kind. Undefined values are null.</summary>
/// <param name="Identity">The person.</param>
/// <param name="Frames">Frames, over all draws.</param>
/// <param name="Ssim">Mean structural similarity.</param>
/// <param name="Psnr">Mean peak signal-to-noise ratio, dB.</param>
/// <param name="IdentitySimilarity">Mean cosine similarity.</param>
/// <param name="Retrieved">Frames whose nearest gallery person is this one.</param>
/// <param name="Queried">Frames that were looked up.</param>
/// <param name="Nme">Mean landmark error of the frames in which a face was found.</param>
/// <param name="NmeFailures">Frames in which none was found.</param>
/// <param name="NmeWorst">Mean landmark error with failures at <see cref="LandmarkError.Worst"/>, to which larger errors are cut as well.</param>
/// <param name="NmeRedetected">Mean distance from the landmarks found in the true frames, over the frames in which a face was found in both.</param>
public sealed record PersonQuality(string Identity, int Frames, double? Ssim, double? Psnr, double? IdentitySimilarity, int Retrieved, int Queried, double? Nme, int? NmeFailures, double? NmeWorst, double? NmeRedetected)
{
    /// <summary>Averages one person's frames.</summary>
    /// <param name="items">Frames of one person and one kind, at least one.</param>
    internal static PersonQuality Of(IReadOnlyCollection<QualityItem> items)
    {
        var looked = items.Where(item => item.FaceFound is not null).ToArray();
        return new PersonQuality(
            items.First().Identity,
            items.Count,
            items.Average(item => item.Ssim),
            items.Average(item => item.Psnr),
            items.Average(item => item.IdentitySimilarity),
            items.Count(item => item.Retrieved == true),
            items.Count(item => item.Retrieved is not null),
            looked.Average(item => item.Nme),
            looked.Length == 0 ? null : looked.Count(item => item.Nme is null),
            looked.Length == 0 ? null : looked.Average(item => LandmarkError.OrWorst(item.Nme)),
            items.Average(item => item.NmeRedetected));
    }
}
