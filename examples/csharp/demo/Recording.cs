using System;
using System.Collections.Generic;

// Both sides of a conversation by one clock, which is the playout: left the user, right the model as it was heard.
public sealed class Recording
{
    public const int Rate = 24000;

    private readonly List<short> _user = new List<short>();
    private readonly List<short> _model = new List<short>();

    public double Seconds => Math.Max(_user.Count, _model.Count) / (double)Rate;

    public void AddModel(ReadOnlySpan<short> samples)
    {
        lock (_model)
        {
            foreach (short sample in samples)
            {
                _model.Add(sample);
            }
        }
    }

    // What the user begins to say now.
    public void AddUser(Wav speech)
    {
        lock (_model)
        {
            while (_user.Count < _model.Count)
            {
                _user.Add(0);
            }
        }
        int frames = speech.Samples.Length / speech.Channels;
        for (long at = 0; at * speech.Rate / Rate < frames - 1; ++at)
        {
            double place = at * (double)speech.Rate / Rate;
            int frame = (int)place;
            double between = place - frame;
            _user.Add((short)(speech.Samples[frame * speech.Channels] * (1 - between) +
                              speech.Samples[(frame + 1) * speech.Channels] * between));
        }
    }

    public void Write(string path)
    {
        short[] both = new short[2 * Math.Max(_user.Count, _model.Count)];
        for (int at = 0; at < _user.Count; ++at)
        {
            both[2 * at] = _user[at];
        }
        for (int at = 0; at < _model.Count; ++at)
        {
            both[2 * at + 1] = _model[at];
        }
        new Wav(Rate, 2, both).Write(path);
    }
}
