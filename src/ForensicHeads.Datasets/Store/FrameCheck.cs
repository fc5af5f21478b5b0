namespace ForensicHeads.Datasets.Store;

/// <summary>What every row of an index must satisfy, whoever wrote it.</summary>
internal static class FrameCheck
{
    /// <summary>What is wrong with the row, in a few words, or null.</summary>
    public static string? Fault(FrameRecord r)
    {
        if (!StoreLayout.IsKey(r.Key)) return $"a key is 1 to {StoreLayout.MaximumKeyLength} of A-Z a-z 0-9 _ -";
        if (IdentityName.Fault(r.Identity) is { } identity) return identity;
        if (string.IsNullOrEmpty(r.Video)) return "video is empty";
        if (r.Track < 0) return $"track is {r.Track}; it counts from 0";
        if (r.FrameNumber < 0) return $"frame_number is {r.FrameNumber}; it counts from 0";
        if (r.Status is not ("ok" or "partial")) return $"status is '{r.Status}'; allowed are ok and partial";
        if (!double.IsFinite(r.TimeS)) return "time_s is not a finite number";
        // A sum of finite numbers is finite in the wider type, and no other is.
        var sum = (double)r.LandmarkConfidence + r.CropX + r.CropY + r.CropW + r.CropH + (r.NearestShotDistance ?? 0);
        if (!double.IsFinite(sum)) return "landmark_confidence, crop or nearest_shot_distance is not a finite number";
        // Those that are left in the file are checked when they are read.
        return r.Landmarks is null || Array.TrueForAll(r.Landmarks.Values, float.IsFinite) ? null : "a landmark is not a finite number";
    }
}
