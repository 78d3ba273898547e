"""Which parts of an address say how a reader came, and never what they read: tables of facts.

Only what is known to be safe belongs here: a parameter that anywhere selects a document would merge two Pages and hide a
Mention. A change here raises `urls.RULES_VERSION`. Names are lower case; how they are applied stands in `urls.py`.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANYWHERE = _words(
    "replytocom "
    # advertising clicks; every other name that ends in "clid" or "clickid" is caught by ENDINGS
    " gclsrc gbraid wbraid gad gad_source gad_campaignid srsltid gs_l gs_lcp _ga _gl _gac gaa_at gaa_n gaa_ts gaa_sig"
    " _openstat yandexuid epik rdt_cid ef_id s_kwcid awc awinaffid awinmid irgwc irpid ranmid raneaid ransiteid lsoid"
    " cjevent cjdata cjpid cjsid cj_publisher mkevt mkcid mkrid mkref sscid afsrc app_clickref aff_id affid tblci"
    " dicbo oborigurl vgo_ee mkwid pcrid wickedid wickedsource trafficsource clicktime s_afcid"
    " advisonl ads_adid ads_cmpid ads_creative ads_matchtype ads_name ads_network ads_params ads_targetid adgroupid adset_id"
    " cl_aid cl_camp cl_ch cl_crtv cl_pub cl_str cl_vend o_lid o_sch o_xid uzcid id_mid_4 fobs gqt gdfms gdftrk gdffi"
    " hvadid hvbmt hvdev hvlocint hvlocphy hvnetw hvqmt hvrand hvtargid ggcid ggdev ggplm istbid istcompanyid istfeedid"
    " istitemid ranpublisherid ranlinkid ranlinktypeid iradid iradtype irmptype irmpname irsharedid ir_adid ir_cid"
    " ir_campaignid ir_partnerid mp_value1 cje cjaid cjcid cjurl cjeventid cj_event cj_affid cj_affname cj_aid cj_cid cj_pid"
    " zanpid belboon admitad_uid afftrack aff_trace_key aff_platform aff_network shrsl_analytics_sscid shrsl_analytics_sstid"
    " lgw_code lgwcode ectrans criteoid e_criteoid taboola_id tapad_id attn_vid beyond_uzcvid beyond_uzmcvid rtkcid wgu wgexpiry"
    " dc_adgroupid dc_campid dcm_cid dcm_gid dgcid fpaffiliate uclickhash adfrom oprtrack nx_source _zucks_suid"
    " mindbox-message-key mindbox-click-id tctx tw_adid tw_source google_gid google_push"
    # social networks
    " fb_action_ids fb_action_types fb_ref fb_source fb_xd_fragment action_object_map action_ref_map action_type_map"
    " mibextid igshid igsh __twitter_impression ref_src ref_url _rdr m_entstream_source share_link_id li_source"
    " li_medium share_token sharetoken sfnsn share_ab_group hss_channel twitchreferral fb_beacon_info"
    # newsletters
    " mc_cid mc_eid mc_tc _hsenc _hsmi __hssc __hstc __hsfp hsctatracking mkt_tok elq elqtrack elqtrackid elqaid elqat"
    " elqak vero_id vero_conv _kx _ke __s dm_i ck_subscriber_id nr_email_referer sb_referer_host ml_subscriber"
    " ml_subscriber_hash spmailingid spuserid spjobid spreportid oly_anon_id oly_enc_id trk_contact trk_msg trk_module"
    " trk_sid trk_ref _bta_c _bta_tid bsft_clkid bsft_uid sms_click sms_source sms_uph email_token mchho mchhr _bhlid"
    " messagesutk hubspotutk omnisendcontactid emcs_t redirect_log_mongo_id redirect_mongo_id spot_im_redirect_source"
    " bxid cndid hasha hashb hashc email_work_card smcid mkt_unsubscribe im_edp im_company nosto nosto_source"
    # web analytics
    " ga_source ga_medium ga_term ga_content ga_campaign ga_place pk_campaign pk_kwd pk_keyword pk_source pk_medium"
    " pk_content pk_cid pk_placement pk_group pk_creative xtor xtref xt_at at_campaign at_medium at_link_id"
    " at_link_type at_link_origin at_format at_ptr_name at_bbc_team at_campaign_type at_custom1 at_custom2 at_custom3"
    " at_custom4 wt_mc wt_zmc wt.mc_id wtrid cm_mmc cm_mmca1 cm_mmca2 cm_sp cm_re cm_lm cm_em cmpid s_cid intcid"
    " int_cmp intcmp echobox guccounter guce_referrer guce_referrer_sig ft_source ft_section ft_medium ft_campaign"
    " ds_ch usqp amp_js_v amp_gsa amp_lite amp_r mtm_kwd wprov"
    " spm ws_ab_test _utma _utmz __utma __utmb __utmc __utmz __utmv _gid _cls_s _cls_v adobe_mc adobe_mc_ref adobe_mc_sdid"
    " ns_campaign ns_mchannel ns_source ns_linkname ns_fee soc_src soc_trk smtyp sr_share tpcc scrolla cvosrc eblink logtag"
    " tracking_source tracking_user extcmp dcmp n_cid ncid relatedposts_hit relatedposts_origin relatedposts_position"
    " __cn_tracker _x_tr_pto gtmtrack gws_rd asgtbndr dtribesid wtextndsource"
)

STARTS = (
    "utm_", "mtm_", "matomo_", "piwik_", "hsa_", "dop_", "sfmc_", "bsft_", "zmoat", "lotame", "_branch_", "dvp_", "ds_e_",
    "outbrain", "taboola", "cm_mmca", "fb_action_", "elqtrack", "__cft__", "stm_", "itm_", "adjust_", "adroll_", "oft_c", "oft_k",
    "oft_id", "oft_lk", "oft_sk", "_sgm_", "rbx_", "ttd_", "wt_", "wt.", "hmb_", "dvp_", "cx_rec", "tw_profile_",
)  # fmt: skip
"""Families whose every member tracks."""

ENDINGS = ("clid", "clickid", "click_id", "click_key", "clkid")
"""Identifiers of one click. They hold for one reader once, so they cannot select a document."""

SESSIONS = _words("jsessionid phpsessid cfid cftoken zenid oscsid")
SESSION_STARTS = ("aspsessionid",)
HEX_SESSIONS = _words("sid s session sessionid session_id psession")
"""A session only where the value is 32 hexadecimal digits (phpBB and its like); else it may select a document."""

AMP = frozenset({("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("_amp", "true")})
"""Parameters, with their value, that choose the fast mobile rendering of the same document."""

ON_SITE = {
    "amazon": _words(
        " qid sr ref ref_ pf_rd_i pf_rd_m pf_rd_p pf_rd_r pf_rd_s pf_rd_t pd_rd_r pd_rd_w pd_rd_wg smid tag"
        " linkcode crid sprefix psc"
    ),
    "google": _words("ved ei sa usg sei sxsrf iflsig biw bih dpr uact oq gs_lcrp sclient source sourceid aqs rlz"),
    "bing": _words("form sk sp sc qs cvid ghsh ghacc ghpl pq redig refig"),
    "ebay": _words("_trkparms _trksid hash campid toolid customid amdata var_ssi _from"),
    "aliexpress": _words(
        " ws_ab_test btsid algo_expid algo_pvid scm scm_id scm-url pvid gps-id initiative_id terminal_id"
        " aff_platform aff_trace_key aff_request_id"
    ),
    "facebook.com": _words(
        " fref hc_ref hc_location ref refid refsrc ref_type rdid share_url notif_id notif_t _ft_ __tn__ __xts__"
        " paipv eav comment_tracking tracking"
    ),
    "instagram.com": _words("img_index taken-by hl"),
    "x.com": _words("s t cn cxt src ref_url twsrc twcamp twterm twgr lang"),
    "linkedin.com": _words("trk trkinfo refid lipi midtoken midsig trkemail originalsubdomain rcm lici"),
    "tiktok.com": _words(
        " _r _t _d is_from_webapp sender_device sender_web_id u_code preview_pb language share_app_id share_iid"
        " tt_from web_id refer is_copy_url"
    ),
    "reddit.com": _words("share_id rdt correlation_id ref ref_source ref_campaign context_referrer"),
    "youtube.com": _words("t start si pp feature ab_channel index app kw gclid embeds_referring_euri source_ve_path"),
    "bilibili.com": _words(
        " spm_id_from from_source vd_source from callback seid share_source share_medium share_plat"
        " share_session_id share_tag timestamp unique_k msource bsource refer_from"
    ),
    "twitch.tv": _words("tt_content tt_medium tt_email_id"),
    "twitch.com": _words("tt_content tt_medium tt_email_id"),
    "spotify.com": _words("si context nd"),
    "medium.com": _words("source sk"),
    "github.com": _words("email_token email_source"),
    "wikipedia.org": _words("wprov"),
    "nytimes.com": _words(
        " smid smtyp smprod smvar emc partner ref referringsource sgrp campaign_id instance_id segment_id regi_id"
        " user_id nl te action module pgtype"
    ),
    "washingtonpost.com": _words("tid itid hpid wpisrc wpmk pwapi_token"),
    "theguardian.com": _words("cmp ref dcr"),
    "thetimes.co.uk": _words("sharetoken region"),
    "bbc.com": _words("ns_campaign ns_mchannel ns_source ns_linkname ns_fee ocid pinned_post_type"),
    "bbc.co.uk": _words("ns_campaign ns_mchannel ns_source ns_linkname ns_fee ocid"),
    "msn.com": _words("ocid cvid ei pc"),
    "reuters.com": _words("taid feedtype feedname rpc"),
    "wired.com": _words("mbid intcid"),
    "newyorker.com": _words("mbid cndid bxid esrc"),
    "vogue.com": _words("mbid cndid bxid esrc"),
    "techcrunch.com": _words("sr ncid tpcc"),
    "bloomberg.com": _words("srnd sref leadsource"),
    "ft.com": _words("sharetype accesstoken"),
    "economist.com": _words("fsrc"),
    "metro.co.uk": _words("ito"),
    "dailymail.co.uk": _words("ito ico"),
    "diepresse.com": _words("xt_at from"),
    "swp.de": _words("source"),
    "imdb.com": _words("ref_ pf_rd_m pf_rd_s pf_rd_r pf_rd_i pf_rd_t pf_rd_p"),
    "etsy.com": _words(
        " click_key click_sum ref ga_order ga_search_query ga_search_type ga_view_type organic_search_click frs plkey sts pro"
    ),
    "netflix.com": _words("trackid tctx jb trg"),
    "walmart.com": _words(
        "u1 ath sourceid veh wmlspartner athcpid athpgid athcgid athznid athieid athstid athguid athancid athena"
    ),
    "mozilla.org": _words("platform src"),
    "giphy.com": _words("ref"),
    "fiverr.com": _words("source context_referrer referrer_gig_slug ref_ctx_id funnel imp_id context_alg"),
    "allegro.pl": _words("reco_id sid"),
    "flipkart.com": _words("otracker otracker1 lid ssid marketplace fm iid ppt ppn"),
    "gog.com": _words("link_id track_by pp"),
    "taobao.com": _words("sourcetype suid ut_sk un share_crt_v sp_tk cpp short_name bxsign scm pvid abbucket"),
    "tmall.com": _words("sourcetype suid ut_sk un share_crt_v sp_tk cpp short_name bxsign scm pvid abbucket"),
    "tokopedia.com": _words("extparam src trkid whid"),
    "baidu.com": _words("p_tk sfrom rsv_pq rsv_t rsv_idx rsv_bp rsv_spt rsv_enter rsv_sug3 rsv_dl eqid wfr"),
    "youku.com": _words("tpa scm refer"),
    "iqiyi.com": _words("ssra vfm vfrm vfrmblk vfrmrst"),
    "bandcamp.com": _words(
        " search_item_id search_item_type search_match_part search_page_id search_page_no search_rank search_sig"
    ),
    "quizlet.com": _words("funneluuid"),
    "ozon.ru": _words("partner asb asb2 avtc avte avts"),
    "rei.com": _words("target_id"),
    "emag.ro": _words("scenario_id recid"),
    "zoho.com": _words("iref"),
    "nvidia.com": _words("jso ncid"),
    "marketscreener.com": _words("mots"),
    "autoplus.fr": _words("hash"),
    "cafepedagogique.net": _words("actid actsource actcampaigntype"),
    "tweakers.net": _words("nb"),
    "marktplaats.nl": _words("previouspage casdata correlationid"),
    "nu.nl": _words("redirect"),
    "funda.nl": _words("navigatesource"),
    "bol.com": _words("promo suggestiontype bltgh referrer"),
    "nrc.nl": _words("t"),
}
"""By host, or for a company of many countries by its name. Holds for the host and all below it."""

SAME_SITE = {
    "twitter.com": "x.com",
    "old.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com",
    "np.reddit.com": "reddit.com",
    "i.reddit.com": "reddit.com",
    "web.facebook.com": "facebook.com",
    "nl-nl.facebook.com": "facebook.com",
    "touch.facebook.com": "facebook.com",
    "mbasic.facebook.com": "facebook.com",
    "nl.linkedin.com": "linkedin.com",
    "music.youtube.com": "youtube.com",
    "youtube-nocookie.com": "youtube.com",
}
"""Hosts that show the same documents under the same paths."""

REDIRECTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("google", "/url", ("url", "q")),
    ("google", "/imgres", ("imgrefurl",)),
    ("bing.com", "/news/apiclick.aspx", ("url",)),
    ("facebook.com", "/l.php", ("u",)),
    ("facebook.com", "/flx/warn", ("u",)),
    ("facebook.com", "/sharer.php", ("u",)),
    ("facebook.com", "/sharer/sharer.php", ("u",)),
    ("l.instagram.com", "", ("u",)),
    ("twitter.com", "/share", ("url",)),
    ("twitter.com", "/intent/tweet", ("url",)),
    ("x.com", "/share", ("url",)),
    ("x.com", "/intent/tweet", ("url",)),
    ("linkedin.com", "/redir/redirect", ("url",)),
    ("linkedin.com", "/redir/general-malware-page", ("url",)),
    ("linkedin.com", "/sharearticle", ("url",)),
    ("out.reddit.com", "", ("url",)),
    ("youtube.com", "/redirect", ("q",)),
    ("youtube.com", "/attribution_link", ("u",)),
    ("consent.youtube.com", "", ("continue",)),
    ("duckduckgo.com", "/l", ("uddg",)),
    ("vk.com", "/away.php", ("to",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("steamcommunity.com", "/linkfilter", ("u", "url")),
    ("slack-redir.net", "/link", ("url",)),
    ("safelinks.protection.outlook.com", "", ("url",)),
    ("exit.sc", "", ("url",)),
)
"""Links that only lead on: (host or company, path or "" for any, the parameter that holds the true address)."""

COMPANIES = frozenset({"google", "amazon", "ebay", "bing", "aliexpress"})
"""Companies that use one name under many country domains (google.nl, google.co.uk)."""

PUBLIC_SECOND_LEVELS = _words("ac co com edu gob gouv gov go gv ltd me mil ne net nom or org plc sch")
"""Second labels under which names are registered in many countries (co.uk): never a site by themselves."""
